import { randomBytes } from "node:crypto";
import { createFaultProxy, type FaultProxy } from "@holdfast/testing/node";
import type { Comparison, Run, Standing } from "../shared/comparison.ts";
import type { Meter } from "./meter.ts";
import type { SignIn } from "./sign-in.ts";
import type { Store } from "./store.ts";

/** Then whoever looks at it has gone. */
const lifeMs = 15 * 60_000;
const max = 20;
/** No person's name has a colon. */
const prefix = "compare:";

const subjects = [
  "Lunch?",
  "Your parcel is on its way",
  "Build 4711 is green",
  "Minutes of the meeting",
  "Gate changed to B12",
];

/** What comparisons are made of. */
export interface ComparisonParts {
  /** Is asked each time: a restart opens another. */
  readonly store: () => Store;
  readonly signIn: SignIn;
  readonly meter: Meter;
  /** Where the sessions are. */
  readonly to: string;
}

interface Going {
  readonly proxy: FaultProxy;
  readonly end: NodeJS.Timeout;
  run: NodeJS.Timeout | undefined;
  published: number;
}

/** Polling and socket side by side: inboxes of their own, which are filled on request and forgotten afterwards. */
export class Comparisons implements AsyncDisposable {
  readonly #store: () => Store;
  readonly #signIn: SignIn;
  readonly #meter: Meter;
  readonly #to: string;
  readonly #going: Map<string, Going> = new Map();

  constructor({ store, signIn, meter, to }: ComparisonParts) {
    this.#store = store;
    this.#signIn = signIn;
    this.#meter = meter;
    this.#to = to;
    // Of a demo that was killed.
    store().forget(prefix);
  }

  async begin(): Promise<Comparison> {
    const [oldest] = this.#going.keys();
    if (oldest !== undefined && this.#going.size >= max) await this.end(oldest);
    const id = `${prefix}${randomBytes(6).toString("hex")}`;
    const { token } = await this.#signIn.token({ name: id, role: "comparison" }, lifeMs);
    const proxy = await createFaultProxy({ to: this.#to });
    const end = setTimeout(() => void this.end(id), lifeMs);
    this.#going.set(id, { proxy, end, run: undefined, published: 0 });
    this.#meter.track(id);
    return { id, token, socketUrl: proxy.url(), revision: this.#store().revision };
  }

  /** Publishes at random moments, so often on the average, and so long. Nobody's if it is none. */
  run(id: string, { perMinute, seconds }: Run): boolean {
    const going = this.#going.get(id);
    if (!going) return false;
    clearTimeout(going.run);
    const endsAt = Date.now() + seconds * 1000;
    const next = (): void => {
      const waitMs = (-Math.log(1 - Math.random()) * 60_000) / perMinute;
      const isLast = Date.now() + waitMs > endsAt;
      going.run = setTimeout(
        () => {
          going.run = undefined;
          if (isLast) return;
          this.#publish(id, going);
          next();
        },
        isLast ? Math.max(0, endsAt - Date.now()) : waitMs,
      );
    };
    next();
    return true;
  }

  /** How it stands; `undefined` if it is none. */
  standing(id: string): Standing | undefined {
    const going = this.#going.get(id);
    if (!going) return undefined;
    return {
      phase: going.run ? "running" : "idle",
      published: going.published,
      polling: this.#meter.requestsOf(id),
      socket: this.#meter.linksOf(id),
      proxiedBytes: going.proxy.bytes.up + going.proxy.bytes.down,
    };
  }

  async end(id: string): Promise<void> {
    const going = this.#going.get(id);
    if (!going) return;
    clearTimeout(going.end);
    clearTimeout(going.run);
    this.#going.delete(id);
    this.#meter.untrack(id);
    this.#store().forget(id);
    await going.proxy.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#going.keys()].map((id) => this.end(id)));
  }

  #publish(id: string, going: Going): void {
    const n = ++going.published;
    this.#store().publish({
      publisher: id,
      key: String(n),
      to: id,
      from: "the comparison",
      subject: `${subjects[n % subjects.length]}`,
      preview: `Number ${n} of this comparison.`,
      kind: "note",
    });
  }
}
