import type { LinkId } from "../protocol/ids.ts";
import type { Why } from "./why.ts";

/** What a connection wants done. */
export type Effect =
  /** Ask the providers, then open a socket. */
  | {
      readonly type: "dial";
      readonly linkId: LinkId;
      /** 1 for an attempt with no failure before it. */
      readonly attempt: number;
      readonly why: Why;
    }
  /** Run `greet` on the open socket, then say `greeted`. */
  | { readonly type: "greet"; readonly linkId: LinkId }
  /** Write what waited in the outbox. */
  | { readonly type: "flush" }
  /** Write a ping. */
  | { readonly type: "ping" }
  /** Start the closing handshake. */
  | { readonly type: "hangUp"; readonly code: number; readonly reason: string }
  /** Detach from the link and drop it, whatever it is doing; never wait for its close event. */
  | { readonly type: "abandon" }
  /** Ask the user's verdict and backoff, then say `judged`. `attempt` is the one that would come next. */
  | { readonly type: "judge"; readonly attempt: number; readonly why: Why };
