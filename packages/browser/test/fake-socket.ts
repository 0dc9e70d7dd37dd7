import { browserTransport, type SocketLike } from "../src/transport.ts";
import type { Link } from "@holdfast/core";
import { Recorder } from "./recorder.ts";

/** Events as plain objects: React Native has no classes for them. */
export interface FakeEvent {
  readonly [fact: string]: unknown;
}

type Handler = ((event: never) => void) | null;

/** A socket of a runtime that the test plays. It does nothing by itself. */
export class FakeSocket implements SocketLike {
  binaryType = "blob";
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onerror: Handler = null;
  onclose: Handler = null;
  /** All that was done to it. */
  readonly calls: string[] = [];

  send(data: string | Uint8Array): void {
    this.calls.push(`send ${String(data)}`);
  }
  close(...facts: unknown[]): void {
    this.calls.push(["close", ...facts].join(" "));
  }
  tell(type: "open" | "message" | "error" | "close", event: FakeEvent = {}): void {
    if (type === "open") this.readyState = 1;
    (this[`on${type}`] as ((event: FakeEvent) => void) | null)?.(event);
  }
}

/** Dials with sockets of that class. */
export function dialFake<S extends FakeSocket>(
  Fake: new () => S,
): { link: Link; socket: S; recorder: Recorder } {
  const recorder = new Recorder();
  const made: S[] = [];
  class Made extends (Fake as new () => FakeSocket) {
    constructor() {
      super();
      made.push(this as FakeSocket as S);
    }
  }
  const link = browserTransport({ WebSocket: Made }).dial(
    { url: "ws://127.0.0.1/", protocols: [] },
    recorder,
  );
  const [socket] = made;
  if (!socket) throw new Error("nothing was dialled");
  return { link, socket, recorder };
}

/** Lets everything happen that was put off. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
