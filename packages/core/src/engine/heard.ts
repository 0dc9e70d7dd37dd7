import type { WireRecord } from "../protocol/shapes.ts";
import type { Ticket } from "../session/outbox.ts";
import { impossible, type Violation } from "../session/session.ts";

/** What a frame says to who uses an end. */
export type Heard =
  /** Nothing: there may be something to take and to write. */
  | { readonly type: "nothing" }
  /** The peer has these records. */
  | { readonly type: "acked"; readonly tickets: readonly Ticket[] }
  /** Outside of every guarantee. */
  | { readonly type: "volatile"; readonly records: readonly WireRecord[] }
  /** To be written at once. */
  | { readonly type: "reply"; readonly text: string }
  /** The peer broke the protocol, or lost its place: the link has to go, with this code. */
  | ({ readonly type: "broken" } & Violation);

/** Nothing that concerns anybody. */
export const nothing: Heard = { type: "nothing" };
/** The peer said what it cannot say. */
export const violated: Heard = { type: "broken", ...impossible };
