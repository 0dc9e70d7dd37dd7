import { call, defineContract, event } from "@holdfast/core";
import { createClient } from "@holdfast/node";
import { createServer } from "@holdfast/server";
import * as z from "zod";
import { Chat } from "../chat.ts";
import type { Peer } from "../peer.ts";

const contract = defineContract({
  fromClient: {
    say: event(Chat),
    ask: call({ input: Chat, output: Chat }),
    count: call({ output: z.number() }),
  },
});

/** Typed, validated at both ends, acknowledged. */
export const holdfast: Peer = {
  name: "holdfast",
  async serve() {
    let count = 0;
    const server = createServer(contract).handle({
      say: () => void count++,
      ask: (message) => message,
      count: () => count,
    });
    return (await server.listen()).url;
  },
  async dial(url) {
    const client = createClient(contract, { url, log: "off" });
    await client.opened();
    return {
      say: (message) => void client.emit("say", message),
      ask: (message) => client.call("ask", message),
      count: () => client.call("count"),
      get bufferedBytes() {
        return client.bufferedBytes;
      },
      close: () => client.close(),
    };
  },
};
