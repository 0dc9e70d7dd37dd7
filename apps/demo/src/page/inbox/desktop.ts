import { element } from "../element.ts";
import type { Inbox } from "./inbox.ts";

/** Shows what is new on the desktop while the page is hidden, if somebody asked for that. */
export function wireDesktop(inbox: Inbox, person: string): void {
  const button = element("desktop", HTMLButtonElement);
  const words = element("desktop-words", HTMLElement);
  const openedAtMs = Date.now();
  if (!("Notification" in globalThis)) {
    button.hidden = true;
    return;
  }

  const draw = (): void => {
    const { permission } = Notification;
    button.disabled = permission !== "default";
    words.textContent = {
      default: "",
      granted: "You are told on the desktop while this page is hidden.",
      denied: "Your browser does not allow it for this page.",
    }[permission];
  };
  button.addEventListener("click", () => void Notification.requestPermission().then(draw));
  inbox.onChange(({ notification: { id, from, subject, at, read }, isNew }) => {
    const isOld = !isNew || read || from === person || at.getTime() < openedAtMs;
    if (isOld || !document.hidden || Notification.permission !== "granted") return;
    const shown = new Notification(from, { body: subject, tag: `holdfast-demo-${id}` });
    shown.addEventListener("click", () => {
      focus();
      shown.close();
    });
  });
  draw();
}
