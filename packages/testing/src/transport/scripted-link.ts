import type { Close, Data, DialRequest, Link, LinkListener } from "@holdfast/core/driver";

/**
 * What a scripted link is doing. `aborting`: hung up before it opened. `closed`: said so to its listener.
 * `terminated`: dropped without a word.
 */
export type LinkPhase = "connecting" | "aborting" | "open" | "closing" | "closed" | "terminated";

/** What a scripted link is made of. */
export interface ScriptedLinkParts {
  /** For error messages: 1 for the first. */
  readonly ordinal: number;
  readonly request: DialRequest;
  readonly listener: LinkListener;
  readonly hasPing: boolean;
  /** Called when our end hangs up. */
  readonly hungUp: () => void;
  /** Called when our end drops it. */
  readonly dropped: () => void;
}

/** One dial of a scripted transport, with the verbs of its peer and its network. */
export class ScriptedLink {
  /** What was dialled. */
  readonly request: DialRequest;
  /** What was sent, in order; bytes are copies. What a closing socket drops is not in it. */
  readonly sent: Data[] = [];
  /** What `dial` returned. */
  readonly link: Link;
  /** What `link.bufferedBytes` says; for the test to set. */
  bufferedBytes = 0;
  /** Data for which `send` throws; for the test to set. */
  poison: ((data: Data) => boolean) | undefined;

  readonly #ordinal: number;
  readonly #listener: LinkListener;
  readonly #tell: Pick<ScriptedLinkParts, "hungUp" | "dropped">;
  #phase: LinkPhase = "connecting";
  #pings = 0;
  #isTerminated = false;
  #hungUp: { readonly code: number; readonly reason: string } | undefined;

  constructor({ ordinal, request, listener, hasPing, hungUp, dropped }: ScriptedLinkParts) {
    this.request = request;
    this.#ordinal = ordinal;
    this.#listener = listener;
    this.#tell = { hungUp, dropped };
    this.link = this.#face(hasPing);
  }

  /** What the link is doing. */
  get phase(): LinkPhase {
    return this.#phase;
  }

  /** How often `ping()` was called. */
  get pings(): number {
    return this.#pings;
  }

  /** Whether `terminate()` was called, in whatever phase. */
  get terminated(): boolean {
    return this.#isTerminated;
  }

  /** What `close()` was first called with. */
  get hungUp(): { readonly code: number; readonly reason: string } | undefined {
    return this.#hungUp;
  }

  /** The dial succeeds. */
  open(): void {
    this.#expect("open()", "connecting");
    this.#phase = "open";
    this.#listener.opened();
  }

  /** The dial fails, with the status of a refused upgrade where the runtime shows one. */
  fail(httpStatus?: number): void {
    this.#expect("fail()", "connecting", "aborting");
    this.#end({ ...lost, ...(httpStatus === undefined ? {} : { httpStatus }) });
  }

  /** A message arrives. */
  receive(data: Data): void {
    this.#expect("receive()", "open", "closing");
    this.#listener.message(copied(data));
  }

  /** A pong arrives: a sign of life that is no message. */
  pong(): void {
    this.#expect("pong()", "open", "closing");
    this.#listener.heard();
  }

  /** The peer closes. */
  close(code: number, reason = "", wasClean = true): void {
    this.#expect("close()", "open", "closing");
    this.#end({ code, reason, wasClean });
  }

  /** The network breaks and says so: 1006, not clean. */
  cut(): void {
    this.#expect("cut()", "open", "closing");
    this.#end(lost);
  }

  /** The peer completes our closing handshake. A link that never opened has none: it ends with 1006, as in every runtime. */
  answerClose(): void {
    this.#expect("answerClose()", "closing", "aborting");
    const close = this.#phase === "closing" && this.#hungUp;
    this.#end(close ? { ...close, wasClean: true } : lost);
  }

  #end(close: Close): void {
    this.#phase = "closed";
    this.#listener.closed(close);
  }

  #expect(verb: string, ...phases: readonly LinkPhase[]): void {
    if (phases.includes(this.#phase)) return;
    throw new Error(`link ${this.#ordinal} is ${this.#phase}: ${verb} is for one that is ${phases.join(" or ")}`);
  }

  #send(data: Data): void {
    if (typeof data !== "string" && !(data instanceof Uint8Array)) {
      throw new TypeError("only text and bytes can be sent");
    }
    if (this.#phase === "connecting") throw new Error(`link ${this.#ordinal} is connecting: send() is for one that opened`);
    if (this.poison?.(data)) throw new Error(`link ${this.#ordinal} cannot send this: poison`);
    if (this.#phase === "open") this.sent.push(copied(data));
  }

  #hangUp(code: number, reason: string): void {
    if (this.#phase !== "connecting" && this.#phase !== "open") return;
    this.#phase = this.#phase === "open" ? "closing" : "aborting";
    this.#hungUp = { code, reason };
    this.#tell.hungUp();
  }

  #terminate(): void {
    this.#isTerminated = true;
    if (this.#phase !== "closed") this.#phase = "terminated";
    this.#tell.dropped();
  }

  /** What the driver holds: the port and nothing else. */
  #face(hasPing: boolean): Link {
    const bufferedBytes = (): number => this.bufferedBytes;
    return {
      send: (data) => this.#send(data),
      close: (code, reason) => this.#hangUp(code, reason),
      terminate: () => this.#terminate(),
      ...(hasPing ? { ping: () => void this.#pings++ } : {}),
      get bufferedBytes() {
        return bufferedBytes();
      },
    };
  }
}

/** How a runtime reports a link that ended without a closing handshake. */
const lost: Close = { code: 1006, reason: "", wasClean: false };

function copied(data: Data): Data {
  return typeof data === "string" ? data : data.slice();
}
