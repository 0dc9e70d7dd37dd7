import type { Close, Data, DialRequest, Link, LinkListener, Transport } from "@holdfast/core/driver";

/** One thing that a link told. */
export type Told =
  | { readonly type: "opened" }
  | { readonly type: "message"; readonly data: Data }
  | { readonly type: "heard" }
  | { readonly type: "closed"; readonly close: Close };

/** Called with all that a link tells, while it tells it. */
export type During = (told: Told, self: RecordedLink) => void;

interface Waiter {
  /** Whether it is done waiting. */
  look(): boolean;
}

/** A link, all that it told, and ways to wait for what it will tell. */
export class RecordedLink implements LinkListener {
  /** All that was told, in order. */
  readonly told: Told[] = [];
  /** Whether something was told before `dial` had returned. */
  wasEarly = false;
  /** How much had been told when we terminated it. */
  toldAtTerminate: number | undefined;
  /** What `dial` returned. */
  readonly link: Link;
  readonly #during: During | undefined;
  #waiters: readonly Waiter[] = [];
  #isDialling = true;
  #messagesTaken = 0;

  constructor(transport: Transport, request: DialRequest, during?: During) {
    this.#during = during;
    this.link = transport.dial(request, this);
    this.#isDialling = false;
  }

  opened(): void {
    this.#tell({ type: "opened" });
  }

  message(data: Data): void {
    this.#tell({ type: "message", data });
  }

  heard(): void {
    this.#tell({ type: "heard" });
  }

  closed(close: Close): void {
    this.#tell({ type: "closed", close });
  }

  /** Drops the link, and notes what it may say from then on: nothing. */
  terminate(): void {
    this.toldAtTerminate ??= this.told.length;
    this.link.terminate();
  }

  /** What was told, without the signs of life, which may come at any time. */
  get story(): readonly Told[] {
    return this.told.filter(({ type }) => type !== "heard");
  }

  /** Waits until the link is open. */
  async untilOpened(): Promise<void> {
    await this.#until("opened", () => this.told.find(({ type }) => type === "opened"));
  }

  /** Waits until anything was heard after the first `count` things told. */
  async untilHeard(count: number): Promise<void> {
    await this.#until("heard", () => this.told.slice(count).find(({ type }) => type === "heard"));
  }

  /** Waits for the message after the one that was waited for last. */
  async nextMessage(): Promise<Data> {
    const index = this.#messagesTaken++;
    const told = await this.#until("message", () => this.told.filter(isMessage)[index]);
    return told.data;
  }

  /** Waits until the link is closed. */
  async untilClosed(): Promise<Close> {
    return (await this.#until("closed", () => this.told.find(isClosed))).close;
  }

  #until<T>(what: Told["type"], find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = find();
        const end = this.told.find(isClosed);
        if (found !== undefined) resolve(found);
        else if (end) reject(new Error(`closed with ${end.close.code} while waiting for "${what}"`));
        return found !== undefined || end !== undefined;
      };
      if (!look()) this.#waiters = [...this.#waiters, { look }];
    });
  }

  #tell(told: Told): void {
    if (this.#isDialling) this.wasEarly = true;
    this.told.push(told);
    this.#during?.(told, this);
    this.#waiters = this.#waiters.filter((waiter) => !waiter.look());
  }
}

function isMessage(told: Told): told is Told & { type: "message" } {
  return told.type === "message";
}

function isClosed(told: Told): told is Told & { type: "closed" } {
  return told.type === "closed";
}
