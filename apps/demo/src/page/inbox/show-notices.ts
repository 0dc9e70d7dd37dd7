import { element } from "../element.ts";
import type { Live } from "../live.ts";
import type { Inbox } from "./inbox.ts";
import { Notice } from "./notice.ts";

/** Shows the inbox, newest first; who opens a notification has read it. */
export function showNotices(live: Live, inbox: Inbox, onTrouble: (error: unknown) => void): void {
  const list = element("notices", HTMLOListElement);
  const words = element("inbox-words", HTMLElement);
  const badge = element("unread", HTMLElement);
  const markAll = element("mark-all", HTMLButtonElement);
  const unreadOnly = element("unread-only", HTMLInputElement);
  const notices = new Map<number, Notice>();

  const markRead = (ids: readonly number[]): void => {
    // Kept until there is a link, and asked for once more if nobody knows whether it was heard.
    live.call("markRead", { ids: [...ids] }, { timeoutMs: Infinity }).catch(onTrouble);
  };
  const draw = (): void => {
    const { length } = inbox.unread;
    words.textContent = `${length || "Nothing"} unread, ${inbox.size} in all.`;
    badge.textContent = String(length);
    badge.hidden = length === 0;
    markAll.disabled = length === 0;
  };

  inbox.onChange(({ notification }) => {
    const known = notices.get(notification.id);
    const notice = known ?? new Notice(notification.id, (id) => markRead([id]));
    notice.show(notification);
    if (!known) {
      notices.set(notification.id, notice);
      list.insertBefore(notice.item, after(list, notification.id));
    }
    draw();
  });
  markAll.addEventListener("click", () => markRead(inbox.unread.map(({ id }) => id)));
  unreadOnly.addEventListener("change", () => list.toggleAttribute("data-unread-only", unreadOnly.checked));
  draw();
}

/** The first one in the list that is older; almost always the first of all. */
function after(list: HTMLElement, id: number): Element | null {
  return [...list.children].find((child) => Number((child as HTMLElement).dataset["id"]) < id) ?? null;
}
