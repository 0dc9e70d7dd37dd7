import type { output, $ZodType } from "zod/v4/core";

/** The schema of what is not there: nothing on the wire. */
export interface Nothing extends $ZodType<void, void> {}

/** Said, and not answered. Its delivery is what `emit` waits for. */
export interface Event<S extends $ZodType = $ZodType> {
  readonly kind: "event";
  readonly payload: S | undefined;
  readonly idempotent: boolean;
  readonly delivery: "reliable" | "volatile";
}

/** Asked, and answered once. */
export interface Call<
  I extends $ZodType = $ZodType,
  O extends $ZodType = $ZodType,
  X extends ErrorSchemas = ErrorSchemas,
> {
  readonly kind: "call";
  readonly input: I | undefined;
  readonly output: O | undefined;
  readonly errors: X;
  readonly idempotent: boolean;
}

/** Asked, and answered item by item. */
export interface Stream<
  I extends $ZodType = $ZodType,
  T extends $ZodType = $ZodType,
  C extends string | number = string | number,
  X extends ErrorSchemas = ErrorSchemas,
> {
  readonly kind: "stream";
  readonly input: I | undefined;
  readonly item: T;
  /** Where to go on after this item; without one a stream does not outlive its session. */
  readonly cursor: ((item: output<T>) => C) | undefined;
  readonly errors: X;
}

/** What a contract is made of. */
export type Entry = Event | Call | Stream;

/** Errors that a handler may answer with, by code; each with the schema of its data. */
export type ErrorSchemas = Readonly<Record<string, $ZodType>>;

/** How an event travels. */
export interface EventOptions {
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
export type Only<X, K extends PropertyKey> = [Exclude<keyof X, K>] extends [never]
  ? unknown
  : { readonly [P in Exclude<keyof X, K>]: NoSuchOption };

type Part<X, P extends string> = P extends keyof X ? (X[P] extends $ZodType ? X[P] : Nothing) : Nothing;
type ErrorsIn<X> = X extends { readonly errors: infer E extends ErrorSchemas } ? E : Record<never, never>;

/** An event without a payload. */
export function event(): Event<Nothing>;
/**
 * An event. With `idempotent` [false] it is sent again when it is in doubt; with `delivery` `"volatile"` ["reliable"] it is outside of every
 * guarantee, and dropped rather than kept.
 */
export function event<S extends $ZodType>(payload: S, options?: EventOptions): Event<S>;
export function event(payload?: $ZodType, options: EventOptions = {}): Event {
  return { idempotent: false, delivery: "reliable", ...options, payload, kind: "event" } as Event;
}

/**
 * A call. Without `input` it is asked with nothing, without `output` answered with nothing. `errors` are what its handler may `fail` with, by
 * code. With `idempotent` [false] it is asked again when it is in doubt.
 */
export function call<const X extends CallShape = Record<never, never>>(
  shape?: X & Only<X, keyof CallShape>,
): Call<Part<X, "input">, Part<X, "output">, ErrorsIn<X>> {
  return {
    idempotent: false,
    ...shape,
    errors: (shape as CallShape)?.errors ?? {},
    kind: "call",
  } as unknown as Call<Part<X, "input">, Part<X, "output">, ErrorsIn<X>>;
}

/**
 * A stream of items. With `cursor` it goes on after a lost session from the last item received. `errors` are what its handler may `fail` with, by
 * code.
 */
export function stream<T extends $ZodType, const X extends StreamShape, C extends string | number = never>(
  shape: X &
    Only<X, keyof StreamShape | "item" | "cursor"> & {
      readonly item: T;
      readonly cursor?: ((item: output<T>) => C) | undefined;
    },
): Stream<Part<X, "input">, T, C, ErrorsIn<X>> {
  return {
    ...shape,
    item: shape.item,
    errors: (shape as StreamShape).errors ?? {},
    kind: "stream",
  } as unknown as Stream<Part<X, "input">, T, C, ErrorsIn<X>>;
}
