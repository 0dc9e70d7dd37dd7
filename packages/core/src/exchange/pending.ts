import type { Waiter } from "../common/wait.ts";
import type { Entry } from "../contract/entry.ts";
import type { WireRecord } from "../protocol/shapes.ts";
import type { Said } from "./speech.ts";

/** A record in a new session: as it was, or of a stream, from its cursor and with its credit. */
export interface Remade extends Said {
  readonly credit?: number;
}

/** Somebody who waits for the fate of a record. */
export interface Pending {
  readonly name: string;
  readonly entry: Entry;
  readonly waiter: Waiter<unknown>;
  /** Of a stream: takes what arrives. */
  readonly take?: ((record: WireRecord) => void) | undefined;
  /** Of a stream: its record in a new session, if it can go on there. */
  readonly reopen?: ((mayBeThere: boolean) => Remade | undefined) | undefined;
}
