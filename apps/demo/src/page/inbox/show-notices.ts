import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { titleUnread } from "../title.ts";
import type { Inbox } from "./inbox.ts";
import { Notice } from "./notice.ts";

/** Shows the inbox, newest first; who opens a notification has read it. How many there are, the server tells. */
export function showNotices(live: Live, inbox: Inbox, onTrouble: (error: unknown) => void): void {
  const list = element("notices", HTMLOListElement);
  const words = element("inbox-words", HTMLElement);
  const badge = element("unread", HTMLElement);
  const markAll = element("mark-all", HTMLButtonElement);
  const unreadOnly = element("unread-only", HTMLInputElement);
  const older = element("older", HTMLButtonElement);
  const notices = new Map<number, Notice>();
  let counts = { total: 0, unread: 0 };

  const draw = (): void => {
    const { total, unread } = counts;
    words.textContent = total ? `${unread || "Nothing"} unread, ${total} in all.` : "Nothing yet.";
    badge.textContent = String(unread);
    badge.hidden = unread === 0;
    markAll.disabled = unread === 0;
    older.hidden = inbox.size >= total;
    titleUnread(unread);
  };

  inbox.onChange(({ notification }) => {
    const known = notices.get(notification.id);
    // Kept until there is a link, and asked for once more if nobody knows whether it was heard.
    const onRead = (id: number): void =>
      void live.call("markRead", { ids: [id] }, { timeoutMs: Infinity }).catch(onTrouble);
    const notice = known ?? new Notice(notification.id, onRead);
    notice.show(notification);
    if (!known) {
      notices.set(notification.id, notice);
      list.insertBefore(notice.item, after(list, notification.id));
    }
    draw();
  });
  inbox.onForget((id) => {
    notices.get(id)?.item.remove();
    notices.delete(id);
  });
  live.on("counts", (told) => {
    counts = told;
    draw();
  });
  markAll.addEventListener(
    "click",
    () => void live.call("markAllRead", undefined, { timeoutMs: Infinity }).catch(onTrouble),
  );
  older.addEventListener("click", async () => {
    try {
      const items = await live.call("older", { before: inbox.oldest ?? 0 });
      // The newest first, so that each finds its place at the end.
      for (const item of items.toReversed()) inbox.put(item);
    } catch (error) {
      onTrouble(error);
    }
  });
  unreadOnly.addEventListener("change", () => list.toggleAttribute("data-unread-only", unreadOnly.checked));
  draw();
}

/** The first one in the list that is older: most come to the front, or to the end. */
function after(list: HTMLElement, id: number): Element | null {
  const isOlder = (item: Element | null): boolean => Number((item as HTMLElement | null)?.dataset["id"]) < id;
  if (isOlder(list.firstElementChild)) return list.firstElementChild;
  if (!isOlder(list.lastElementChild)) return null;
  return [...list.children].find(isOlder) ?? null;
}
