import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** A client that asks to be let in. */
export interface Knock {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  /** What it said already. */
  readonly head: Buffer;
}
