import type { $ZodIssue, $ZodType } from "zod/v4/core";
import type { Call, Event, Stream } from "../contract/entry.ts";
import { own } from "../protocol/own.ts";
import { bring } from "./bring.ts";
import type { Asked } from "../protocol/direction.ts";
import { Duty, type DutyHost, Failure } from "./duty.ts";
import { type Entries, entryOf, inspect, toWire } from "./speech.ts";

/** Something arrived that the contract refuses. The session goes on. */
export interface InvalidRecord {
  readonly name: string;
  /** What the schema refused, as zod tells it; empty when something threw. */
  readonly issues: readonly $ZodIssue[];
  /** What arrived, as it came. */
  readonly raw: unknown;
  readonly error?: unknown;
}

/** Answers what arrives; may be asynchronous. */
export type AnyHandler = (input: never, context: never) => unknown;

/** What answering needs of the end it answers for. */
export interface AnsweringHost extends DutyHost {
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
export interface Answering {
  heard(record: Asked): void;
  /** There may be room or credit for items again. */
  wake(): void;
  /** The session is over, or its asker gone: all handlers hear it from their signal. */
  abort(reason: unknown): void;
}

/** What a handler is told of the call or stream that it answers. */
class Context {
  readonly #duty: Duty;
  readonly fail: (code: string, data?: unknown) => never;

  constructor(duty: Duty, fail: Context["fail"]) {
    this.#duty = duty;
    this.fail = fail;
  }

  /** A controller for whoever looks at it, and for nobody else. */
  get signal(): AbortSignal {
    return this.#duty.signal;
  }
}

/** One for all: where it was made tells nothing, and is dear. */
const unknown = /* @__PURE__ */ new Error("not in the contract");

export function createAnswering(host: AnsweringHost): Answering {
  const duties = new Map<number, Duty>();

  /** What arrived, checked; what is refused is told, and `undefined` returned. */
  function read(
    name: string,
    schema: $ZodType | undefined,
    raw: unknown,
  ): { readonly value: unknown } | undefined {
    const { value, issues, error } = inspect(schema, raw);
    if (!issues) return { value };
    host.invalid({ name, issues, raw, error });
    return undefined;
  }

  function hearEvent(name: string, raw: unknown): void {
    const entry: Event | undefined = entryOf(host.entries, name, "event");
    if (!entry) return host.invalid({ name, issues: [], raw, error: unknown });
    const payload = read(name, entry.payload, raw);
    if (!payload) return;
    try {
      host.event(name, payload.value);
    } catch (error) {
      host.thrown(name, error);
    }
  }

  /** A call or a stream: found, checked and begun, or refused. */
  function owe(
    kind: "call" | "stream",
    id: number,
    name: string,
    raw: unknown,
    since?: string | number,
  ): void {
    const duty = new Duty(id, name, host);
    const entry: Call | Stream | undefined = entryOf(host.entries, name, kind);
    if (!entry) return duty.fail("UNKNOWN", "not in the contract");
    const handler = own(host.handlers, name);
    if (!handler) return duty.fail("NO_HANDLER", "nobody handles it");
    const input = read(name, entry.input, raw);
    if (!input) return duty.fail("INVALID", "the contract refuses it");

    const fail = (code: string, data?: unknown): never => {
      const wire = toWire(own(entry.errors, code), data, `${name}.${code}`);
      throw Object.assign(new Failure(code), { data: wire });
    };
    /** Ids begin anew with a session: only what is ours is let go. */
    const letGo = (): void => {
      if (duties.get(id) === duty) duties.delete(id);
    };
    const failed = (error: unknown): void => {
      letGo();
      let reason = error;
      try {
        if (error instanceof Failure) return duty.fail(error.message, "", error.data);
      } catch (cause) {
        // JSON cannot say its data.
        reason = cause;
      }
      // Nobody waits for what was cancelled, whatever became of it.
      if (!duty.isAborted) host.thrown(name, reason);
      duty.fail("INTERNAL", "");
    };
    const streaming = kind === "stream" && { since, gap: () => duty.say(["gap", id]) };
    const context = Object.assign(new Context(duty, fail), host.context?.(), streaming);

    duties.set(id, duty);
    try {
      const answer = handler(input.value as never, context as never);
      if (entry.kind === "stream") {
        void bring(duty, name, entry, answer as AsyncIterable<unknown>).then(letGo, failed);
        return;
      }
      const succeed = (output: unknown): void => {
        const wire = toWire(entry.output, output, name);
        letGo();
        duty.say(["result", id, wire]);
      };
      if (isPromise(answer)) answer.then(succeed).then(undefined, failed);
      else succeed(answer);
    } catch (error) {
      failed(error);
    }
  }

  return {
    heard(record) {
      switch (record[0]) {
        case "event":
          return hearEvent(record[1], record[2]);
        case "call":
          return owe("call", record[1], record[2], record[3]);
        case "open":
          return owe("stream", record[1], record[2], record[4], record[3].since);
        case "credit":
          return duties.get(record[1])?.wake();
        case "cancel":
          return duties.get(record[1])?.abort(new Error("cancelled"));
      }
    },
    wake() {
      for (const duty of duties.values()) duty.wake();
    },
    abort(reason) {
      const all = [...duties.values()];
      duties.clear();
      for (const duty of all) duty.abort(reason);
    },
  };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === "function";
}
