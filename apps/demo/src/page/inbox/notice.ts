import type { Notification } from "../../shared/notification.ts";

/** One notification in the list. It opens and closes; texts are only ever set as text. */
export class Notice {
  readonly item: HTMLLIElement = document.createElement("li");
  readonly #from: HTMLElement = part("span", "from");
  readonly #subject: HTMLElement = part("span", "subject");
  readonly #time: HTMLTimeElement = document.createElement("time");
  readonly #mark: HTMLElement = part("span", "unseen");
  readonly #preview: HTMLElement = part("p", "preview");
  readonly #to: HTMLElement = part("p", "words");
  #isRead = false;

  /** @param onRead - is called when somebody opens it for the first time */
  constructor(id: number, onRead: (id: number) => void) {
    this.item.dataset["id"] = String(id);
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.append(this.#mark, this.#from, this.#time, this.#subject);
    details.append(summary, this.#preview, this.#to);
    details.addEventListener("toggle", () => {
      if (details.open && !this.#isRead) onRead(id);
    });
    this.item.append(details);
  }

  show({ from, to, subject, preview, kind, at, read }: Notification): void {
    this.#isRead = read;
    this.item.dataset["kind"] = kind;
    this.item.toggleAttribute("data-unread", !read);
    this.#mark.textContent = read ? "" : "unread: ";
    this.#from.textContent = from;
    this.#subject.textContent = subject;
    this.#preview.textContent = preview || "(no text)";
    this.#to.textContent = `To ${to ?? "everybody"}, ${at.toLocaleString("en-GB")}`;
    this.#time.dateTime = at.toISOString();
    this.#time.textContent = tellTime(at);
  }
}

function part(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  // Whoever writes from right to left is read so.
  made.dir = "auto";
  return made;
}

/** The time of today, the date of other days. */
function tellTime(at: Date): string {
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday
    ? at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
    : at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
