import { element } from "../element.ts";

/** Who or what an entry is about. */
export type Kind = "said" | "heard" | "news" | "state" | "session" | "network" | "trouble";

/** One line of the conversation. Its note may still change. */
export interface Entry {
  note(words: string, mood?: "waiting" | "good" | "bad"): void;
}

const maxEntries = 300;

/** The conversation, newest last. */
export class Log {
  readonly #list: HTMLElement = element("log", HTMLElement);

  add(kind: Kind, text: string, note = ""): Entry {
    const item = document.createElement("div");
    item.className = kind;
    if (kind === "state") item.dataset["state"] = text;
    const [time, words, small] = ["time", "p", "small"].map((name) => document.createElement(name));
    const now = new Date();
    time?.setAttribute("datetime", now.toISOString());
    time?.append(now.toLocaleTimeString("en-GB"));
    words?.append(text);
    small?.append(note);
    item.append(...[words, small, time].filter((part) => part !== undefined));
    this.#append(item);
    return {
      note(words, mood) {
        small?.replaceChildren(words);
        if (mood) item.dataset["mood"] = mood;
      },
    };
  }

  /** Follows the conversation, unless the reader has scrolled back. */
  #append(item: HTMLElement): void {
    const list = this.#list;
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 48;
    list.append(item);
    if (list.childElementCount > maxEntries) list.firstElementChild?.remove();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }
}
