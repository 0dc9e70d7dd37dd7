import type { ConnectionState } from "@holdfast/browser";
import type { Tapped } from "./tapped-socket.ts";

/** Something that happened, for the timeline and for whoever takes the log home. */
export type Happening =
  | { readonly kind: "state"; readonly name: string; readonly phase: string }
  | { readonly kind: "retry"; readonly attempt: number; readonly delayMs: number }
  | {
      readonly kind: "link";
      readonly link: number;
      readonly what: "dialed" | "opened" | "ended";
      readonly code?: number;
    }
  | { readonly kind: "heartbeat"; readonly link: number }
  | { readonly kind: "ack"; readonly link: number; readonly position: number }
  | {
      readonly kind: "frame";
      readonly link: number;
      readonly way: "sent" | "received";
      readonly frame: string;
      readonly characters: number;
    }
  | { readonly kind: "outbox"; readonly bytes: number }
  | { readonly kind: "session"; readonly what: string; readonly reason?: string; readonly inDoubt?: number }
  | { readonly kind: "credential" | "fault"; readonly what: string };

/** A {@link Happening} and when, on `Date.now()`'s scale. */
export type Recorded = Happening & { readonly atMs: number };

const maxRecords = 20_000;

/** Writes down what happens; the oldest is forgotten when there is too much. */
export class Recorder {
  readonly #records: Recorded[] = [];

  get records(): readonly Recorded[] {
    return this.#records;
  }

  write(happening: Happening): void {
    this.#records.push({ ...happening, atMs: Date.now() });
    if (this.#records.length > maxRecords) this.#records.splice(0, maxRecords / 10);
  }

  writeState(state: ConnectionState): void {
    this.write({ kind: "state", name: state.name, phase: state.phase });
    if (state.phase !== "waiting") return;
    this.write({ kind: "retry", attempt: state.attempt, delayMs: Math.max(0, state.retryAt - Date.now()) });
  }

  /** What went over a link. PROTOCOL.md section 3. */
  writeTapped(what: Tapped): void {
    const { kind, link } = what;
    switch (kind) {
      case "dialed":
      case "opened":
        return this.write({ kind: "link", link, what: kind });
      case "ended":
        return this.write({ kind: "link", link, what: kind, code: what.code });
      case "sent":
      case "received":
        if (typeof what.data === "string") this.#writeFrame(link, kind, what.data);
    }
  }

  #writeFrame(link: number, way: "sent" | "received", text: string): void {
    if (text === "pong") return;
    if (text === "ping") return this.write({ kind: "heartbeat", link });
    const [frame, ...parts] = JSON.parse(text) as [string, ...unknown[]];
    if (frame === "auth") this.write({ kind: "credential", what: way === "sent" ? "renewed" : "asked for" });
    const position = frame === "ack" ? parts[0] : frame === "data" ? parts[2] : undefined;
    if (way === "received" && typeof position === "number") this.write({ kind: "ack", link, position });
    this.write({ kind: "frame", link, way, frame, characters: text.length });
  }
}
