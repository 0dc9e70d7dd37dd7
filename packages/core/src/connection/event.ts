import type { Verdict } from "../protocol/close.ts";
import type { Instant } from "../protocol/instant.ts";
import type { LinkId } from "../protocol/ids.ts";
import type { Why } from "./why.ts";

/** What can happen to a connection. */
export type Event =
  /** The user wants a link; only the first such wish counts. */
  | { readonly type: "open" }
  /** The user wants a new link, now, whatever is. */
  | { readonly type: "reconnect" }
  /** The user wants no link any more. */
  | { readonly type: "close"; readonly code: number; readonly reason: string }
  /** The socket opened. */
  | { readonly type: "opened"; readonly linkId: LinkId }
  /** `greet` is through. */
  | { readonly type: "greeted"; readonly linkId: LinkId }
  /** The link ended, or never began. */
  | { readonly type: "lost"; readonly linkId: LinkId; readonly why: Why }
  /** What the user's own verdict and backoff say; without them the defaults do. */
  | {
      readonly type: "judged";
      readonly verdict?: Verdict | undefined;
      readonly delayMs?: number | "stop" | undefined;
    }
  /** A deadline may have passed. */
  | { readonly type: "timer" }
  /** The runtime noticed something. */
  | { readonly type: "hint"; readonly hint: Hint };

/**
 * What a runtime can notice of its surroundings:
 * the network is back or gone; the page is seen again (visible, restored, resumed); the page is about to stand still.
 */
export type Hint = "online" | "offline" | "awake" | "asleep";

/** What the driver measured on the newest link: the signs of life. */
export interface Vitals {
  /** When the peer was last heard: any byte where the runtime shows them, else any message. */
  readonly heardAt: Instant;
  /** Bytes seen to leave the send buffer. */
  readonly drainedBytes: number;
  /** What is in the send buffer. */
  readonly bufferedBytes: number;
}
