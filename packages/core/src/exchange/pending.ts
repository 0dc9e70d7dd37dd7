import type { Waiter } from "../client/wait.ts";
import type { Entry } from "../contract/entry.ts";
import type { WireRecord } from "../protocol/shapes.ts";
import type { Said } from "./speech.ts";

/** Somebody who waits for the fate of a record. */
export interface Pending {
  readonly name: string;
  readonly entry: Entry;
  readonly waiter: Waiter<unknown>;
  /** Of a stream: takes what arrives. */
  readonly take?: ((record: WireRecord) => void) | undefined;
  /** Of a stream: its record in a new session, if it can go on there. */
  readonly reopen?: ((mayBeThere: boolean) => (Said & { readonly credit: number }) | undefined) | undefined;
}
