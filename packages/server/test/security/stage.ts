import {
  call,
  type Client,
  defineContract,
  event,
  type Contract,
  type Call,
  type Event,
} from "@holdfast/core";
import * as z from "zod";
import { createClient } from "../../../node/src/index.ts";
import { createServer, type NodeServer } from "../../src/index.ts";
import type { LimitOptions } from "../../src/options.ts";

type Said = Event<typeof anything>;
type Echo = Call<typeof text, typeof text, Record<never, never>>;
const anything: z.ZodAny = z.any();
const text: z.ZodString = z.string();

type StageContract = Contract<
  { readonly say: Said; readonly echo: Echo },
  { readonly news: Event<typeof text> }
>;

const contract: StageContract = defineContract({
  fromClient: { say: event(anything), echo: call({ input: text, output: text }) },
  fromServer: { news: event(text) },
});

/** A server under attack, and somebody who has nothing to do with it. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly server: NodeServer<StageContract, { readonly id: string }>;
  /** What was said, by anybody. */
  readonly got: unknown[];
  /** Fails if the bystander noticed anything. */
  bystanderIsFine(): Promise<void>;
}

/** Credentials are names; `"nobody"` is refused. */
export async function createStage(limits: LimitOptions = {}): Promise<Stage> {
  const got: unknown[] = [];
  const server = createServer(contract, {
    authenticate: ({ credential }) =>
      credential === "nobody"
        ? null
        : { identity: { id: typeof credential === "string" ? credential : "guest" } },
    limits: { sessionsPerIdentity: 10_000, ...limits },
    heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
    log: "off",
  }).handle({
    // A handler that never comes to its end.
    say: (what) => (what === "hold" ? new Promise(() => {}) : void got.push(what)),
    echo: (words) => words,
  });
  const { url } = await server.listen();
  const bystander: Client<StageContract> = createClient(contract, {
    url,
    credential: "bystander",
    log: "off",
  });
  let losses = 0;
  bystander.session.on("resumed", () => losses++);
  bystander.session.on("lost", () => losses++);
  await bystander.opened();
  return {
    url,
    server,
    got,
    async bystanderIsFine() {
      const answer = await bystander.call("echo", "still here", { timeoutMs: 5_000 });
      if (answer !== "still here" || losses) throw new Error(`the bystander lost its link ${losses} times`);
    },
    async [Symbol.asyncDispose]() {
      await bystander.close();
      await server.close();
    },
  };
}
