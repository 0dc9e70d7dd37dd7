import type { Close, Data, DialRequest, Link, LinkListener } from "@holdfast/core/driver";
import type { LinkPhase, ScriptedLink } from "./scripted-link.ts";

/** What a puppet is made of. */
export interface PuppetParts {
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

/** Both faces of a scripted link: the verbs for the test, and in `link` the port for the driver. */
export class Puppet implements ScriptedLink {
  readonly request: DialRequest;
  readonly sent: Data[] = [];
  /** What `dial` returned. */
  readonly link: Link;
  bufferedBytes = 0;
  poison: ((data: Data) => boolean) | undefined;

  readonly #ordinal: number;
  readonly #listener: LinkListener;
  readonly #tell: Pick<PuppetParts, "hungUp" | "dropped">;
  #phase: LinkPhase = "connecting";
  #pings = 0;
  #isTerminated = false;
  #hungUp: { readonly code: number; readonly reason: string } | undefined;

  constructor({ ordinal, request, listener, hasPing, hungUp, dropped }: PuppetParts) {
    this.request = request;
    this.#ordinal = ordinal;
    this.#listener = listener;
    this.#tell = { hungUp, dropped };
    this.link = this.#face(hasPing);
  }

  get phase(): LinkPhase {
    return this.#phase;
  }

  get pings(): number {
    return this.#pings;
  }

  get terminated(): boolean {
    return this.#isTerminated;
  }

  get hungUp(): { readonly code: number; readonly reason: string } | undefined {
    return this.#hungUp;
  }

  open(): void {
    this.#expect("open()", "connecting");
    this.#phase = "open";
    this.#listener.opened();
  }

  fail(httpStatus?: number): void {
    this.#expect("fail()", "connecting", "aborting");
    this.#end({ ...lost, ...(httpStatus === undefined ? {} : { httpStatus }) });
  }

  receive(data: Data): void {
    this.#expect("receive()", "open", "closing");
    this.#listener.message(copied(data));
  }

  pong(): void {
    this.#expect("pong()", "open", "closing");
    this.#listener.heard();
  }

  goodbye(): void {
    this.#expect("goodbye()", "open");
    this.#phase = "closing";
  }

  close(code: number, reason = "", wasClean = true): void {
    this.#expect("close()", "open", "closing");
    this.#end({ code, reason, wasClean });
  }

  cut(): void {
    this.#expect("cut()", "open", "closing");
    this.#end(lost);
  }

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
    throw new Error(
      `link ${this.#ordinal} is ${this.#phase}: ${verb} is for one that is ${phases.join(" or ")}`,
    );
  }

  #send(data: Data): void {
    if (typeof data !== "string" && !(data instanceof Uint8Array)) {
      throw new TypeError("only text and bytes can be sent");
    }
    if (this.#phase === "connecting")
      throw new Error(`link ${this.#ordinal} is connecting: send() is for one that opened`);
    if (this.#phase !== "open") return;
    if (this.poison?.(data)) throw new Error(`link ${this.#ordinal} cannot send this: poison`);
    this.sent.push(copied(data));
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
    const isWritable = (): boolean => this.#phase === "open";
    return {
      send: (data) => this.#send(data),
      close: (code, reason) => this.#hangUp(code, reason),
      terminate: () => this.#terminate(),
      ...(hasPing ? { ping: () => void this.#pings++ } : {}),
      get bufferedBytes() {
        return bufferedBytes();
      },
      get isWritable() {
        return isWritable();
      },
    };
  }
}

/** How a runtime reports a link that ended without a closing handshake. */
const lost: Close = { code: 1006, reason: "", wasClean: false };

function copied(data: Data): Data {
  return typeof data === "string" ? data : data.slice();
}
