import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { createFaultTunnel, type FaultTunnel } from "@holdfast/testing/node";
import type { Comparison, Run, Standing } from "../shared/comparison.ts";
import { livePath } from "../shared/socket-paths.ts";
import type { Meter } from "./meter.ts";
import { readdress } from "./readdress.ts";
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
  /** The server that the sessions are at. */
  readonly to: string;
}

interface Going {
  readonly proxy: FaultTunnel;
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
    const word = randomBytes(6).toString("hex");
    const id = prefix + word;
    const { token } = await this.#signIn.token({ name: id, role: "comparison" }, lifeMs);
    const proxy = createFaultTunnel({ to: this.#to });
    const end = setTimeout(() => void this.end(id), lifeMs);
    this.#going.set(id, { proxy, end, run: undefined, published: 0 });
    this.#meter.track(id);
    return { id, token, socketPath: `/compare/${word}${livePath}`, revision: this.#store().revision };
  }

  /** Takes an upgrade on its way through one of the proxies; false for another. */
  take(request: IncomingMessage, head: Uint8Array): boolean {
    const [, word, query = ""] = /^\/compare\/([0-9a-f]+)\/live(\?.*)?$/.exec(request.url ?? "") ?? [];
    const going = word === undefined ? undefined : this.#going.get(prefix + word);
    going?.proxy.carry(request.socket, readdress(request, head, livePath + query));
    return going !== undefined;
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
