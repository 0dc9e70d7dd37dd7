import { HoldfastError } from "@holdfast/browser";
import type { Settings } from "../../shared/settings.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { wireCompose } from "./compose.ts";
import { wireDesktop } from "./desktop.ts";
import { followFeed } from "./follow-feed.ts";
import { Inbox } from "./inbox.ts";
import { showAway } from "./show-away.ts";
import { showNotices } from "./show-notices.ts";
import { showPeople } from "./show-people.ts";

/** The inbox: what is new, what came meanwhile, who is here, and a form to write to them. */
export function showInbox(live: Live, person: string, { mailFolder }: Settings): void {
  const inbox = new Inbox();
  const onTrouble = (error: unknown): void => {
    const isClosed = HoldfastError.is(error, "CLOSED");
    element("inbox-words", HTMLElement).textContent = isClosed
      ? "The connection is closed: what you did was not kept."
      : `The server would not: ${String(error)}`;
  };
  element("mail-folder", HTMLElement).textContent = mailFolder;
  showNotices(live, inbox, onTrouble);
  showAway(live, inbox, person);
  showPeople(live, person);
  wireCompose(live);
  wireDesktop(inbox, person);
  followFeed(live, inbox, onTrouble);
}
