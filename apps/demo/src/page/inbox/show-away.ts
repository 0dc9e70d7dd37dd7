import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { Away } from "./away.ts";
import type { Inbox } from "./inbox.ts";

/** Says how many came while the link was gone or the page was hidden. */
export function showAway(live: Live, inbox: Inbox, person: string): void {
  const box = element("away", HTMLElement);
  const words = element("away-words", HTMLElement);
  const away = new Away();
  let wasOpen = false;

  const look = (): void => {
    const isOpen = live.state.name === "OPEN";
    wasOpen ||= isOpen;
    // Before the first link there was nobody to miss anything.
    if (!wasOpen) return;
    if (isOpen && document.visibilityState === "visible") away.return(Date.now());
    else away.leave(Date.now());
    draw();
  };
  const draw = (): void => {
    box.hidden = away.missed === 0;
    words.textContent = away.missed === 0 ? "" : `${away.missed} while you were away`;
  };

  live.subscribe(look);
  document.addEventListener("visibilitychange", look);
  inbox.onChange(({ notification: { at, from, read }, isNew }) => {
    if (isNew && !read && from !== person && wasOpen) away.arrive(at.getTime());
    draw();
  });
  live.on("counts", ({ unread }) => {
    if (unread === 0) away.seen();
    draw();
  });
  element("away-seen", HTMLButtonElement).addEventListener("click", () => {
    away.seen();
    draw();
  });
}
