import type { Waiter } from "../common/wait.ts";

/** What a delivery needs of the end that makes it. */
interface DeliveryHost {
  /** What was said should be written. */
  soon(): void;
  /** It was not delivered, and perhaps nobody waits for it. */
  failed(name: string, error: unknown): void;
}

const delivered: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * The promise of an event, and who waits for its fate. Most events nobody awaits: what a promise costs is spent when somebody asks for
 * it, and a failure that nobody asked about is told to the host and is no unhandled rejection.
 */
export class Delivery implements Promise<void>, Waiter<unknown> {
  readonly #host: DeliveryHost;
  readonly #name: string;
  #promise: Promise<void> | undefined;
  #isAwaited = false;

  constructor(host: DeliveryHost, name: string) {
    this.#host = host;
    this.#name = name;
  }

  get [Symbol.toStringTag](): string {
    return "Promise";
  }

  resolve(): void {
    this.#promise = delivered;
  }

  reject(reason: unknown): void {
    this.#promise = Promise.reject(reason);
    // What was refused at once is awaited only now: `await` asks a microtask later.
    void this.#promise.catch(() => {}).then(() => this.#isAwaited || this.#host.failed(this.#name, reason));
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise, and to be awaited
  then<A = void, B = never>(
    fulfilled?: ((value: void) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#isAwaited = true;
    this.#promise ??= new Promise((resolve, reject) => {
      // From now on there is somebody to tell.
      Object.assign(this, { resolve, reject });
      this.#host.soon();
    });
    return this.#promise.then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<void | B> {
    return this.then(undefined, rejected);
  }

  finally(settled?: (() => void) | null): Promise<void> {
    return this.then(undefined).finally(settled);
  }
}
