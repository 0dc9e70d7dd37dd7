import {
  type Answering,
  type Asking,
  byteLength,
  check,
  createAnswering,
  createAsking,
  HoldfastError,
  type InvalidRecord,
  isAnswer,
  type Said,
  tryAsk,
} from "@holdfast/core/exchange";
import {
  closeCodes,
  frameOverheadBytes,
  nobody,
  type Outgoing,
  type WireRecord,
} from "@holdfast/core/session";
import type { ServerSession } from "../engine/server-session.ts";
import type { Death } from "../engine/sessions.ts";
import type { Identity } from "../options.ts";
import type { HostedLink } from "./hosted-link.ts";
import type { Hub } from "./hub.ts";
import { isPromise, untilDone } from "./until-done.ts";

const nowhere: ReadonlySet<string> = new Set();

/** One client with its promises and handlers, over any number of links. */
export class HostedSession {
  readonly engine: ServerSession;
  readonly #hub: Hub;
  #rooms: Set<string> | undefined;
  identity: Identity;
  link: HostedLink | undefined;
  /** Asked of the client since the last write. */
  askedBytes = 0;
  #maxMessageBytes: number;
  // Most sessions neither ask nor are asked for long: made when they are.
  #asking: Asking | undefined;
  /** Calls of ours that are not settled. */
  #awaited = 0;
  #answering: Answering | undefined;

  constructor(hub: Hub, engine: ServerSession, identity: Identity, maxMessageBytes: number) {
    this.#hub = hub;
    this.engine = engine;
    this.identity = identity;
    this.#maxMessageBytes = maxMessageBytes;
    engine.end.isPatient = true;
  }

  get id(): string {
    return this.engine.id;
  }

  get phase(): "attached" | "parked" | "dead" {
    return this.engine.standing.phase;
  }

  get bufferedBytes(): number {
    const { end } = this.engine;
    return end.bufferedBytes + end.lateBytes;
  }

  get rooms(): ReadonlySet<string> {
    return this.#rooms ?? nowhere;
  }

  join(room: string): void {
    if (this.phase === "dead") return;
    this.#rooms ??= new Set();
    this.#rooms.add(room);
    this.#hub.rooms.join(room, this);
  }

  leave(room: string): void {
    this.#rooms?.delete(room);
    this.#hub.rooms.leave(room, this);
  }

  emit(name: string, payload?: unknown, options?: object): Promise<void> {
    return this.#ask().emit(name, payload, options);
  }

  call(name: string, input?: unknown, options?: object): Promise<unknown> {
    const answer = this.#ask().call(name, input, options);
    this.#awaited++;
    const settle = (): void => {
      this.#awaited--;
      this.link?.served();
    };
    answer.then(settle, settle);
    return answer;
  }

  tryCall(name: string, input?: unknown, options?: object): Promise<unknown> {
    return tryAsk(this.#hub.fromServer, name, this.call(name, input, options));
  }

  stream(name: string, input?: unknown, options?: object): AsyncIterableIterator<unknown> {
    return this.#ask().stream(name, input, options);
  }

  close(code = 1000, reason = ""): void {
    const isFinal = Number.isInteger(code) && code >= 4000 && code < 4100;
    check("code", code, code === 1000 || isFinal, "1000 or 4000 to 4099");
    check("reason", reason, typeof reason === "string", "a string");
    check("reason", reason, byteLength(reason) < 124, "at most 123 bytes");
    if (this.phase === "dead") return;
    // What was said before is on its way before goodbye.
    this.#hub.serving.write(this);
    const { link } = this;
    this.#hub.end(this, "closed");
    link?.hangUp(code, reason);
  }

  // ---- for the hub

  /** Whether an end waits for the other's answer to a call. */
  get isTalking(): boolean {
    return this.#awaited > 0 || this.engine.end.isAnswering;
  }

  /** Takes a record that many get. False: there is no room for it, and it has to lose its outbox. */
  tell(record: Outgoing): boolean {
    if (this.phase === "dead" || this.engine.isOverflowed) return true;
    if (record.bytes > this.#maxRecordBytes || !this.engine.end.send(record)) return false;
    this.#hub.serving.soonAmongMany(this);
    return true;
  }

  overflow(): void {
    this.#hub.overflow(this);
  }

  /** Writes outside of every guarantee, behind what was said before, if it can be written now. */
  volatile({ text, bytes }: Said): void {
    const { end } = this.engine;
    if (bytes > this.#maxRecordBytes) return;
    if (!end.isIdle) this.#hub.serving.write(this);
    if (this.link && end.isIdle && this.link.isIdle) this.link.write(`["volatile",[${text}]]`);
  }

  /** A record was handed over. */
  take(record: WireRecord): void {
    if (isAnswer(record)) this.#asking?.heard(record);
    else this.#answer().heard(record);
  }

  /** The client has these. */
  acked(tickets: Parameters<Asking["acked"]>[0]): void {
    this.#asking?.acked(tickets);
    // An ack of nothing new makes no room, and costs its client nothing: it wakes nobody.
    if (tickets.length) this.#answering?.wake();
  }

  /**
   * The client takes frames of so many bytes from now on: what waits and is larger is refused. Tells whether there is what nobody can be refused,
   * or what was written and may not be again.
   */
  limit(maxMessageBytes: number): boolean {
    if (maxMessageBytes === this.#maxMessageBytes) return false;
    this.#maxMessageBytes = maxMessageBytes;
    const { end } = this.engine;
    const refused = end.limit(maxMessageBytes - frameOverheadBytes);
    this.#asking?.tooLarge(refused);
    return end.isTooLarge || refused.some(({ ticket }) => ticket === nobody);
  }

  /** Its handlers are wanted no more. */
  abort(words: string): void {
    this.#answering?.abort(new HoldfastError("CLOSED", words));
  }

  /** The page that was asked is gone. */
  restart(): void {
    const all = this.engine.end.abandon();
    const again = all.filter(({ offset }) => offset === undefined);
    const inDoubt = all.filter(({ offset }) => offset !== undefined);
    this.#asking?.lost({ delivered: [], again, inDoubt }, true);
  }

  /** What was sent is settled: nothing goes out again. */
  settle(aftermath: Death["aftermath"]): void {
    this.#asking?.lost(aftermath, true);
  }

  /** It is over. */
  die({ aftermath, reason }: Death): void {
    this.settle(aftermath);
    this.abort(`the session is over: ${reason}`);
    // Where it was, whoever hears of its end may still want to know.
    for (const room of this.rooms) this.#hub.rooms.leave(room, this);
  }

  get #maxRecordBytes(): number {
    return Math.min(this.#hub.limits.outboxBytes, this.#maxMessageBytes - frameOverheadBytes);
  }

  #ask(): Asking {
    const hub = this.#hub;
    this.#asking ??= createAsking({
      clock: hub.clock,
      entries: hub.fromServer,
      end: this.engine.end,
      maxRecordBytes: () => this.#maxRecordBytes,
      refusal: () => this.#refusal(),
      soon: (bytes, canWait) => hub.serving.soon(this, bytes, canWait),
      volatile: (said) => this.volatile(said),
      failed: (name, error) => hub.report("warn", "not delivered", { session: this.id, name, error }),
    });
    return this.#asking;
  }

  #refusal(): HoldfastError | undefined {
    if (this.phase === "dead") return new HoldfastError("CLOSED", "the session is over");
    if (!this.engine.isOverflowed) return undefined;
    return new HoldfastError("SESSION_LOST", "its outbox was full", undefined, { inDoubt: false });
  }

  #answer(): Answering {
    const hub = this.#hub;
    const { end } = this.engine;
    // Who it is may be said anew at any time.
    const context = (): object => ({ session: this, server: hub.server, identity: this.identity });
    this.#answering ??= createAnswering({
      entries: hub.fromClient,
      handlers: hub.handlers,
      context,
      end,
      maxRecordBytes: () => this.#maxRecordBytes,
      soon: () => hub.serving.soon(this),
      event: (name, payload) => {
        // The contract has it, and so it was looked for when the server was made.
        const returned = hub.handlers[name]?.(payload as never, context() as never);
        if (!isPromise(returned)) return;
        hub.begun();
        untilDone(end, returned, {
          done: () => {
            hub.done();
            hub.serving.soon(this);
          },
          thrown: (error) => hub.failed(this, name, error),
        });
      },
      invalid: (invalid: InvalidRecord) => hub.invalid(this, invalid),
      thrown: (name, error) => hub.failed(this, name, error),
    });
    return this.#answering;
  }

  /** Its link is to go, with this code; the session stays. */
  hangUp(code: keyof typeof closeCodes, reason: string): void {
    this.link?.hangUp(closeCodes[code], reason);
  }
}
