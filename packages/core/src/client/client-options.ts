import type { Contract } from "../contract/contract.ts";
import type { HandlerFor } from "../contract/types.ts";
import type { Attempt } from "./host.ts";
import type { CommonOptions, Provided } from "./options.ts";

/** Handlers of what the server may ask of a client. */
export type ClientHandlers<K extends Contract> = {
  readonly [
    N in keyof K["fromServer"] as K["fromServer"][N] extends { readonly kind: "event" } ? never : N
  ]?: HandlerFor<K["fromServer"][N], unknown> | undefined;
};

/** JSON, or a function that gives it. */
type Credential = string | number | boolean | object | null | ((attempt: Attempt) => unknown);

/** How a client behaves. Durations are milliseconds, sizes bytes. Heartbeats are the server's. */
export interface ClientOptions<K extends Contract = Contract> extends Pick<
  CommonOptions,
  "backoff" | "dialTimeoutMs" | "closeTimeoutMs" | "stableAfterMs" | "start" | "signal" | "log"
> {
  /** Where to dial: a value, or a function that is asked before every dial. */
  readonly url: Provided<string | URL>;
  /**
   * Who we are, for the server to check: any JSON, or a function that is asked for it on every link, when its socket is open, and whenever the
   * server asks; when its `signal` aborts nobody waits any more. Never in the URL.
   */
  readonly credential?: Credential | undefined;
  /** Answers to what the server asks; without one it hears `NO_HANDLER`. */
  readonly handlers?: ClientHandlers<K> | undefined;
  readonly outbox?:
    | {
        /** The bound of what is sent and not acknowledged. @defaultValue 1_048_576 */
        readonly maxBytes?: number | undefined;
        /** What sending does without an open link: wait for one, or fail with `LINK_DOWN`. @defaultValue "hold" */
        readonly whileDown?: "hold" | "reject" | undefined;
      }
    | undefined;
  /**
   * `"session"`: a reload of the page goes on with the session, found by its `url`, so of two clients of one page with the same
   * `url` only one may ask for it. Needs a page: in a worker, or in Node, nothing is kept. PROTOCOL.md section 6.6. @defaultValue "none"
   */
  readonly storage?: "none" | "session" | undefined;
}

/** {@link ClientOptions} before anybody knows the types, with what an adapter may add. */
export interface AnyClientOptions extends Omit<ClientOptions, "handlers"> {
  readonly handlers?:
    | Readonly<Record<string, ((input: never, context: never) => unknown) | undefined>>
    | undefined;
  readonly headers?: Provided<Readonly<Record<string, string>>> | undefined;
}
