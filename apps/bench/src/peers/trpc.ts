import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { initTRPC } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import { Chat, chat } from "./chat.ts";
import { createGate } from "./gate.ts";
import type { Peer } from "./peer.ts";
import { queued } from "./queued.ts";

const t = initTRPC.create();
let heard = (): void => {};
const router = t.router({
  say: t.procedure.input(Chat).mutation(() => heard()),
  ask: t.procedure
    .input(Chat)
    .output(Chat)
    .query(({ input }) => input),
  items: t.procedure.input(z.tuple([z.number(), z.number()])).subscription(async function* ({
    input: [count, bytes],
  }) {
    for (let n = 0; n < count; n++) yield chat(n, bytes);
  }),
});

/** tRPC over WebSocket: procedures with zod, subscriptions without credit. */
export const trpc: Peer = {
  name: "tRPC ws",
  packages: ["@trpc/server", "@trpc/client", "zod", "ws"],
  async serve(hear) {
    heard = hear;
    const gate = await createGate();
    const wss = new WebSocketServer({ server: gate.http });
    applyWSSHandler({ wss, router });
    return gate;
  },
  async dial(url) {
    let resolve = (): void => {};
    const promise = new Promise<void>((opened) => (resolve = opened));
    const ws = createWSClient({
      url,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      onOpen: () => resolve(),
    });
    const client = createTRPCClient<typeof router>({ links: [wsLink({ client: ws })] });
    await promise;
    return {
      ask: (message) => client.ask.query(message),
      items: (count, bytes) =>
        queued((item, end) => {
          client.items.subscribe([count, bytes], { onData: item, onComplete: end });
        }),
      close: () => void ws.close(),
    };
  },
};
