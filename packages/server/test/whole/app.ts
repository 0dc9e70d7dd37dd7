import {
  call,
  type Clock,
  type ClientHandlers,
  defineContract,
  event,
  HoldfastError,
  stream,
} from "@holdfast/core";
import * as z from "zod";
import type { SeededRandom } from "../../../testing/src/index.ts";
import type { Handlers, Identity } from "../../src/options.ts";

const n = z.number();
const letter = z.object({ ticket: n, text: z.string() });

/** Everything that two ends can say to each other. */
export const contract = defineContract({
  fromClient: {
    say: event(n),
    ponder: event(n),
    letter: event(letter),
    shout: event(n),
    wave: event(n, { delivery: "volatile" }),
    set: event(n, { idempotent: true }),
    double: call({ input: n, output: n }),
    put: call({ input: n, output: n, idempotent: true }),
    fill: call({ input: n, output: z.string() }),
    relay: call({ input: n, output: n, errors: { UNANSWERED: z.void() } }),
    count: stream({ input: n, item: n, cursor: (item) => item }),
    recite: stream({ input: n, item: n }),
    enter: call({ input: z.string() }),
    leave: call({ input: z.string() }),
  },
  fromServer: {
    news: event(n),
    letter: event(letter),
    blink: event(n, { delivery: "volatile" }),
    next: call({ input: n, output: n }),
    log: stream({ input: n, item: n, cursor: (item) => item }),
  },
});
export type K = typeof contract;

/** What handlers of both ends do, now at once and now in their time, and what they were told. */
export class App {
  /** Events, in the order of handing over. */
  readonly said: number[] = [];
  readonly set: number[] = [];
  /** Streams that are being brought. */
  bringing = 0;
  brought = 0;
  readonly #random: SeededRandom;
  readonly #clock: () => Clock;

  constructor(random: SeededRandom, clock: () => Clock) {
    this.#random = random;
    this.#clock = clock;
  }

  get handlers(): Handlers<K, Identity> {
    return {
      say: (ticket) => void this.said.push(ticket),
      ponder: async (ticket) => {
        this.said.push(ticket);
        await this.#sometimes(300);
      },
      letter: ({ ticket }) => void this.said.push(ticket),
      shout: (ticket) => void this.said.push(ticket),
      wave: () => {},
      set: (ticket) => void this.set.push(ticket),
      double: async (half) => {
        await this.#sometimes(500);
        return 2 * half;
      },
      put: (ticket) => ticket,
      fill: async (length) => {
        await this.#sometimes(30);
        return "x".repeat(length);
      },
      relay: async (ticket, { session, fail }) => {
        await this.#sometimes(100);
        try {
          return await session.call("next", ticket);
        } catch (error) {
          // Its outbox is full, or the client gone.
          if (HoldfastError.is(error)) return fail("UNANSWERED");
          throw error;
        }
      },
      count: (to, { since = 0 }) => this.#bring(since, to),
      recite: (to) => this.#bring(0, to),
      enter: (room, { session }) => session.join(room),
      leave: (room, { session }) => session.leave(room),
    };
  }

  get clientHandlers(): ClientHandlers<K> {
    return {
      next: async (ticket) => {
        await this.#sometimes(200);
        return ticket + 1;
      },
      log: (to, { since = 0 }) => this.#bring(since, to),
    };
  }

  async *#bring(since: number, to: number): AsyncGenerator<number, void> {
    this.bringing++;
    this.brought++;
    try {
      for (let item = since + 1; item <= to; item++) {
        if (item % 5 === 0) await this.#sometimes(60);
        yield item;
      }
    } finally {
      this.bringing--;
    }
  }

  async #sometimes(maxMs: number): Promise<void> {
    if (this.#random.next() < 0.6) return;
    const ms = this.#random.integer(1, maxMs);
    await new Promise<void>((resolve) => this.#clock().schedule(ms, resolve));
  }
}
