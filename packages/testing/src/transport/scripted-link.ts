import type { Data, DialRequest } from "@holdfast/core/driver";

/**
 * What a scripted link is doing. `aborting`: hung up before it opened. `closed`: said so to its listener.
 * `terminated`: dropped without a word.
 */
export type LinkPhase = "connecting" | "aborting" | "open" | "closing" | "closed" | "terminated";

/**
 * One dial of a scripted transport: what was done to it, and the verbs of its peer and its network.
 * A verb throws where the port forbids what it would tell: a message before `open()`, anything after the end.
 */
export interface ScriptedLink {
  /** What was dialled. */
  readonly request: DialRequest;
  /** What the link is doing. */
  readonly phase: LinkPhase;
  /** What was sent, in order; bytes are copies. What a closing socket drops is not in it. */
  readonly sent: readonly Data[];
  /** How often `ping()` was called. */
  readonly pings: number;
  /** What `close()` was first called with. */
  readonly hungUp: { readonly code: number; readonly reason: string } | undefined;
  /** Whether `terminate()` was called, in whatever phase. */
  readonly terminated: boolean;
  /** What the driver reads as `bufferedBytes`; for the test to set. */
  bufferedBytes: number;
  /** Data for which `send` throws; for the test to set. */
  poison: ((data: Data) => boolean) | undefined;

  /** The dial succeeds. */
  open(): void;
  /** The dial fails, with the status of a refused upgrade where the runtime shows one. */
  fail(httpStatus?: number): void;
  /** A message arrives. */
  receive(data: Data): void;
  /** A pong arrives: a sign of life that is no message. */
  pong(): void;
  /** The peer began to close: nothing can be sent any more, and what was on its way still comes; `close()` tells the end. */
  goodbye(): void;
  /** The peer closes; cleanly, unless told otherwise. */
  close(code: number, reason?: string, wasClean?: boolean): void;
  /** The network breaks and says so: 1006, not clean. */
  cut(): void;
  /** The peer completes our closing handshake. A link that never opened has none: it ends with 1006, as in every runtime. */
  answerClose(): void;
}
