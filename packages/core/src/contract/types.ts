import type { output, $ZodType } from "zod/v4/core";
import type { Entry, ErrorSchemas } from "./entry.ts";

type Entries = Readonly<Record<string, Entry>>;

/** The names of one kind in one side of a contract. Keys, because a compiler that refuses one then lists them. */
export type NamesOf<Side extends Entries, Kind extends Entry["kind"]> = keyof {
  [N in keyof Side & string as Side[N] extends { readonly kind: Kind } ? N : never]: N;
};

/** What a schema's value is for the program. */
type ValueOf<S> = S extends $ZodType ? output<S> : never;

/** What an event carries. */
export type PayloadOf<E> = E extends { readonly payload: infer S } ? ValueOf<Exclude<S, undefined>> : never;

/** What a call or stream is asked with, or an event carries. */
export type InputOf<E> = E extends { readonly input: infer S }
  ? ValueOf<Exclude<S, undefined>>
  : PayloadOf<E>;

/** What a call is answered with. */
export type OutputOf<E> = E extends { readonly output: infer S } ? ValueOf<Exclude<S, undefined>> : never;

/** What a stream brings. */
export type ItemOf<E> = E extends { readonly item: infer S } ? ValueOf<S> : never;

/** Where a stream can go on. */
export type CursorOf<E> = E extends { readonly cursor: ((item: never) => infer C) | undefined } ? C : never;

type ErrorsIn<E> = E extends { readonly errors: infer X extends ErrorSchemas } ? X : Record<never, never>;

/** The errors that a call or stream may be answered with, by the contract. */
export type ErrorOf<E> = {
  [C in keyof ErrorsIn<E> & string]: { readonly code: C; readonly data: output<ErrorsIn<E>[C]> };
}[keyof ErrorsIn<E> & string];

/** Nothing where nothing is wanted: `call("locate")`. */
export type Args<I, O> = undefined extends I ? [input?: I, options?: O] : [input: I, options?: O];

/** Answers with one of the contract's errors. */
export type Fail<E> = <C extends keyof ErrorsIn<E> & string>(
  code: C,
  ...data: undefined extends output<ErrorsIn<E>[C]>
    ? [data?: output<ErrorsIn<E>[C]>]
    : [data: output<ErrorsIn<E>[C]>]
) => never;

/** What the handler of a call is told. */
export interface CallContext<E> {
  /** Aborts when the asker gave up, or its session is over. */
  readonly signal: AbortSignal;
  /** Answers with an error of the contract's, by throwing it. */
  readonly fail: Fail<E>;
}

/** What the handler of a stream is told. */
export interface StreamContext<E> extends CallContext<E> {
  /** The cursor of the last item that the reader has, when it goes on after a lost session. */
  readonly since: CursorOf<E> | undefined;
  /** Tells the reader that history does not reach back to `since`. */
  readonly gap: () => void;
}

/** What a handler is told: `Ctx`, and what belongs to its kind. */
export type ContextFor<E, Ctx> = Ctx &
  (E extends { readonly kind: "stream" }
    ? StreamContext<E>
    : E extends { readonly kind: "call" }
      ? CallContext<E>
      : unknown);

/** What a handler answers. */
export type AnswerOf<E> = E extends { readonly kind: "stream" }
  ? AsyncIterable<ItemOf<E>> | Iterable<ItemOf<E>>
  : E extends { readonly kind: "call" }
    ? OutputOf<E> | PromiseLike<OutputOf<E>>
    : void | PromiseLike<void>;

/** The handler of one entry. */
export type HandlerFor<E, Ctx> = (input: InputOf<E>, context: ContextFor<E, Ctx>) => AnswerOf<E>;
