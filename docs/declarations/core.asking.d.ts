/// <reference lib="esnext.disposable" />
import { n as HoldfastError, p as Clock } from "./holdfast-error.js";
import { a as Answered, f as Aftermath, g as Ticket, h as Outgoing, m as Kept, o as Asked, t as End, w as WireRecord } from "./end.js";
import { $ZodIssue, $ZodType, output } from "zod/v4/core";
/** Refuses an option that cannot be. @throws HoldfastError `CONFIG`, naming the option and the value. */
declare function check(name: string, value: unknown, isFine: boolean, wanted: string, cause?: unknown): void;
/** Lets go of what a call returned it for. */
type Undo = () => void;
/** Listeners by event name, one payload each. */
interface Emitter<Events> {
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void, options?: {
    readonly signal?: AbortSignal | undefined;
  }): Undo;
  emit<K extends keyof Events>(name: K, event: Events[K]): void;
  /** What `act` emits is heard only when it is through: events that belong together, with nothing in between. */
  together(act: () => void): void;
}
/**
 * Events reach every listener in the order they were emitted, even when a listener causes the next one.
 * A listener that throws is passed to `thrown`, which must not, and stops nobody; one that was removed is not called
 * again; one that was added hears the next event.
 */
declare function createEmitter<Events>(thrown: (name: keyof Events, error: unknown) => void): Emitter<Events>;
/** How long, and for whom, to wait. */
interface WaitOptions {
  /** Ends the wait, not what is waited for; rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Rejects with `TIMEOUT` after this many milliseconds; with `CONFIG` at once if they are none. */
  readonly timeoutMs?: number | undefined;
}
/** Who waits. Told once; the rest is ignored. */
interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}
/**
 * A promise that can be given up: by its signal, by its time, or by whoever `start` told about it.
 * When it settles, `start`'s undo is called and nothing is left behind.
 */
declare function wait<T>(clock: Clock, { signal, timeoutMs }: WaitOptions, start: (waiter: Waiter<T>) => () => void): Promise<T>;
/** The schema of what is not there: nothing on the wire. */
interface Nothing extends $ZodType<void, void> {}
/** Said, and not answered. Its delivery is what `emit` waits for. */
interface Event<S extends $ZodType = $ZodType> {
  readonly kind: "event";
  readonly payload: S | undefined;
  readonly idempotent: boolean;
  readonly delivery: "reliable" | "volatile";
}
/** Asked, and answered once. */
interface Call<I extends $ZodType = $ZodType, O extends $ZodType = $ZodType, X extends ErrorSchemas = ErrorSchemas> {
  readonly kind: "call";
  readonly input: I | undefined;
  readonly output: O | undefined;
  readonly errors: X;
  readonly idempotent: boolean;
}
/** Asked, and answered item by item. */
interface Stream<I extends $ZodType = $ZodType, T extends $ZodType = $ZodType, C extends string | number = string | number, X extends ErrorSchemas = ErrorSchemas> {
  readonly kind: "stream";
  readonly input: I | undefined;
  readonly item: T;
  /** Where to go on after this item; without one a stream does not outlive its session. */
  readonly cursor: ((item: output<T>) => C) | undefined;
  readonly errors: X;
}
/** What a contract is made of. */
type Entry = Event | Call | Stream;
/** Errors that a handler may answer with, by code; each with the schema of its data. */
type ErrorSchemas = Readonly<Record<string, $ZodType>>;
/** How an event travels. */
interface EventOptions {
  /** Whether it may be sent again when it is in doubt. @defaultValue false */
  readonly idempotent?: boolean | undefined;
  /** `"volatile"`: outside every guarantee, dropped rather than kept. @defaultValue "reliable" */
  readonly delivery?: "reliable" | "volatile" | undefined;
}
interface CallShape {
  /** What it is asked with. @defaultValue nothing */
  readonly input?: $ZodType | undefined;
  /** What it is answered with. @defaultValue nothing */
  readonly output?: $ZodType | undefined;
  /** What its handler may `fail` with instead, by code: the schema of each one's data. @defaultValue none */
  readonly errors?: ErrorSchemas | undefined;
  /** Whether it may be sent again when it is in doubt. @defaultValue false */
  readonly idempotent?: boolean | undefined;
}
interface StreamShape {
  /** What it is asked for with. @defaultValue nothing */
  readonly input?: $ZodType | undefined;
  /** What its handler may `fail` with, by code: the schema of each one's data. @defaultValue none */
  readonly errors?: ErrorSchemas | undefined;
}
/** What nothing is: for a compiler to name. */
interface NoSuchOption {
  readonly none: never;
}
/**
 * Nothing but these: who mistypes an option is told, and not left without it. A generic parameter takes whatever it is given. Where there is
 * nothing else it is `unknown` and not `{}`, beside which a compiler takes anything for options that are all optional: a schema, say.
 */
type Only<X, K extends PropertyKey> = [Exclude<keyof X, K>] extends [never] ? unknown : { readonly [P in Exclude<keyof X, K>]: NoSuchOption; };
type Part$1<X, P extends string> = P extends keyof X ? (X[P] extends $ZodType ? X[P] : Nothing) : Nothing;
type ErrorsIn<X> = X extends {
  readonly errors: infer E extends ErrorSchemas;
} ? E : Record<never, never>;
/** An event without a payload. */
declare function event(): Event<Nothing>;
/**
 * An event. With `idempotent` [false] it is sent again when it is in doubt; with `delivery` `"volatile"` ["reliable"] it is outside of every
 * guarantee, and dropped rather than kept.
 */
declare function event<S extends $ZodType>(payload: S, options?: EventOptions): Event<S>;
/**
 * A call. Without `input` it is asked with nothing, without `output` answered with nothing. `errors` are what its handler may `fail` with, by
 * code. With `idempotent` [false] it is asked again when it is in doubt.
 */
declare function call<const X extends CallShape = Record<never, never>>(shape?: X & Only<X, keyof CallShape>): Call<Part$1<X, "input">, Part$1<X, "output">, ErrorsIn<X>>;
/**
 * A stream of items. With `cursor` it goes on after a lost session from the last item received. `errors` are what its handler may `fail` with, by
 * code.
 */
declare function stream<T extends $ZodType, const X extends StreamShape, C extends string | number = never>(shape: X & Only<X, keyof StreamShape | "item" | "cursor"> & {
  readonly item: T;
  readonly cursor?: ((item: output<T>) => C) | undefined;
}): Stream<Part$1<X, "input">, T, C, ErrorsIn<X>>;
/** What each side may send or ask, by name. */
interface ContractShape {
  readonly fromClient?: Readonly<Record<string, Entry>> | undefined;
  readonly fromServer?: Readonly<Record<string, Entry>> | undefined;
}
/** The messages two ends agreed on. */
interface Contract<C extends Readonly<Record<string, Entry>> = Readonly<Record<string, Entry>>, S extends Readonly<Record<string, Entry>> = Readonly<Record<string, Entry>>> {
  readonly fromClient: C;
  readonly fromServer: S;
}
type Side<X, P extends keyof ContractShape> = X extends { readonly [K in P]: infer E extends Readonly<Record<string, Entry>>; } ? E : Record<never, never>;
/**
 * The contract of two ends, checked: schemas that know only one way, or answer later, are found here and not in production. What JSON
 * cannot say (`z.bigint()`) and what it changes (`z.date()`) is found by `checkContract` of `@holdfast/testing`.
 *
 * @throws HoldfastError `CONFIG`, naming the entry and the path.
 */
declare function defineContract<const X extends ContractShape>(shape: X & Only<X, keyof ContractShape>): Contract<Side<X, "fromClient">, Side<X, "fromServer">>;
/** One side of a part. */
type SideOf<Part, P extends keyof Contract> = Part extends { readonly [Q in P]: infer Entries; } ? Entries : never;
type Names<Parts, P extends keyof Contract> = { [Part in keyof Parts & string]: `${Part}.${keyof SideOf<Parts[Part], P> & string}`; }[keyof Parts & string];
/** `Merged<{ mail: A }>` has A's entries as `mail.name`. */
type Merged<Parts, P extends keyof Contract> = { readonly [K in Names<Parts, P>]: K extends `${infer Part extends keyof Parts & string}.${infer Name}` ? SideOf<Parts[Part], P>[Name & keyof SideOf<Parts[Part], P>] : never; };
/** Contracts side by side, each under its own name: `mergeContracts({ mail, chat })` has `mail.publish` and `chat.say`. */
declare function mergeContracts<const Parts extends Readonly<Record<string, Contract>>>(parts: Parts): Contract<Merged<Parts, "fromClient">, Merged<Parts, "fromServer">>;
/**
 * What a compiler refuses, in a program that has none: an option that nobody reads, as `idempotant: true`, or `call(schema)`, which would be asked
 * with nothing. For ends that can afford the bytes.
 *
 * @throws HoldfastError `CONFIG`, naming the entry, the option and the value.
 */
declare function checkEntries(contract: Contract): void;
/**
 * A client's handlers: one of a name that the server may not ask for would never be called, and one that is no function would be found when it is.
 *
 * @throws HoldfastError `CONFIG`, naming the handler and what it is.
 */
declare function checkHandlers({ fromServer }: Contract, handlers: unknown): void;
/** What a duty needs of the end it answers for. */
interface DutyHost {
  /** A handler threw what is none of the contract's errors, or answered what the peer does not take. */
  thrown(name: string, error: unknown): void;
  /** The session that is now. */
  readonly end: End;
  /** The largest record that fits our outbox and that the peer takes, in bytes. */
  maxRecordBytes(): number;
  /** There is something to write, and perhaps something to take. */
  soon(): void;
}
/** What one side of a contract may say, by name. */
type Entries = Readonly<Record<string, Entry>>;
/** A record made for the wire: once, and kept as text. */
interface Said {
  readonly text: string;
  readonly bytes: number;
}
/** The entry that the program names. @throws HoldfastError `CONFIG` */
declare function ownEntry<K extends Entry["kind"]>(entries: Entries, name: string, kind: K): Entry & {
  readonly kind: K;
};
/** A value for the wire. Without a schema there is none. @throws HoldfastError `INVALID_MESSAGE` */
declare function toWire(schema: $ZodType | undefined, value: unknown, name: string): unknown;
/** A record as text. @throws HoldfastError `INVALID_MESSAGE` for what JSON cannot say */
declare function say(record: WireRecord, name: string): Said;
/** Something arrived that the contract refuses. The session goes on. */
interface InvalidRecord {
  readonly name: string;
  /** What the schema refused, as zod tells it; empty when something threw. */
  readonly issues: readonly $ZodIssue[];
  /** What arrived, as it came. */
  readonly raw: unknown;
  readonly error?: unknown;
}
/** Answers what arrives; may be asynchronous. */
type AnyHandler = (input: never, context: never) => unknown;
/** What answering needs of the end it answers for. */
interface AnsweringHost extends DutyHost {
  /** What the peer may say. */
  readonly entries: Entries;
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>;
  /** What every handler is told, besides what belongs to its call. */
  context?(): object;
  /** An event. */
  event(name: string, payload: unknown): void;
  invalid(invalid: InvalidRecord): void;
}
/** Runs handlers for what the peer says and asks. */
interface Answering {
  heard(record: Asked): void;
  /** There may be room or credit for items again. */
  wake(): void;
  /** The session is over, or its asker gone: all handlers hear it from their signal. */
  abort(reason: unknown): void;
}
declare function createAnswering(host: AnsweringHost): Answering;
/** What nobody can tell whether the other end had it. */
interface InDoubt {
  readonly kind: "event" | "call" | "stream";
  readonly name: string;
  readonly payload: unknown;
}
/** How a stream is read. */
interface ReaderOptions {
  /** Aborting ends it, and tells the other end. */
  readonly signal?: AbortSignal | undefined;
  /** Items that may be on their way or unread: a slow reader slows the producer. @defaultValue 32 */
  readonly credit?: number | undefined;
  /** The session was lost, and the stream goes on in a new one from its cursor. */
  readonly onReopen?: (() => void) | undefined;
  /** History did not reach back to the cursor: items are missing before the next one. */
  readonly onGap?: (() => void) | undefined;
}
/** What asking needs of the end it asks from. */
interface AskingHost {
  readonly clock: Clock;
  /** What this end may say. */
  readonly entries: Entries;
  /** The session that is now. */
  readonly end: End;
  /** The largest record that fits our outbox and that the peer takes, in bytes. */
  maxRecordBytes(): number;
  /** Why nothing may be said now. */
  refusal(): HoldfastError | undefined;
  /** There is something to write, of so many bytes if it is a record. It can wait a moment if nobody awaits it. */
  soon(bytes?: number, canWait?: boolean): void;
  /** Writes outside of every guarantee, if it can be written now. */
  volatile(said: Said): void;
  /** An event that perhaps nobody awaits was not delivered. */
  failed(name: string, error: unknown): void;
}
/** Ends a wait. */
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue 30_000 */
  readonly timeoutMs?: number | undefined;
}
/** Who waits for what. The promises of one end, kept over any number of sessions. */
interface Asking {
  emit(name: string, payload: unknown, options?: {
    readonly signal?: AbortSignal | undefined;
  }): Promise<void>;
  call(name: string, input: unknown, options?: CallOptions): Promise<unknown>;
  stream(name: string, input: unknown, options?: ReaderOptions): AsyncIterableIterator<unknown>;
  /** The peer has these. */
  acked(tickets: readonly Ticket[]): void;
  /** An answer arrived. */
  heard(record: Answered): void;
  /** These are larger than the peer takes, and withdrawn. */
  tooLarge(records: readonly Outgoing[]): void;
  /**
   * The session was lost: what is in doubt fails and is told. What was never had goes out in the session that is now; if there is none to
   * say it in (`isLast`), it fails as well.
   */
  lost(aftermath: Aftermath, isLast: boolean): readonly InDoubt[];
  /** It is over, and leaves that: everybody who waits is told why, and whether it is in doubt. */
  close(error: HoldfastError, kept: readonly Kept[]): void;
  /** The last ticket that was given. */
  readonly lastTicket: number;
}
/** `firstTicket`: where another page's tickets ended. */
declare function createAsking(host: AskingHost, firstTicket?: number): Asking;
export { stream as A, ErrorSchemas as C, Stream as D, Nothing as E, createEmitter as F, check as I, wait as M, Emitter as N, call as O, Undo as P, Entry as S, EventOptions as T, Contract as _, InDoubt as a, mergeContracts as b, InvalidRecord as c, Said as d, ownEntry as f, checkHandlers as g, checkEntries as h, ReaderOptions as i, WaitOptions as j, event as k, createAnswering as l, toWire as m, CallOptions as n, Answering as o, say as p, createAsking as r, AnyHandler as s, Asking as t, Entries as u, ContractShape as v, Event as w, Call as x, defineContract as y };
