import { call, defineContract, event, stream } from "@holdfast/core";
import { createClient } from "@holdfast/node";
import { createServer, type Session } from "@holdfast/server";
import * as z from "zod";
import { Chat, chat } from "./chat.ts";
import { createGate } from "./gate.ts";
import type { Peer } from "./peer.ts";

const contract = defineContract({
  fromClient: {
    say: event(Chat),
    ask: call({ input: Chat, output: Chat }),
    items: stream({ input: z.tuple([z.number(), z.number()]), item: Chat }),
  },
  fromServer: { said: event(Chat) },
});

/** Characters that may be on their way to one client, and how often it is asked. */
const waitingLength = 400_000;
const stepLength = 50_000;

/** Typed, validated at both ends, acknowledged. */
export const holdfast: Peer = {
  name: "holdfast",
  packages: ["zod", "ws"],
  async serve(hear) {
    const gate = await createGate();
    let stalled: Promise<void> | undefined;
    let goOn = (): void => {};
    const server = createServer(contract).handle({
      say() {
        hear();
        return stalled;
      },
      ask: (message) => message,
      *items([count, bytes]) {
        for (let n = 0; n < count; n++) yield chat(n, bytes);
      },
    });
    server.attach(gate.http);
    let newest: Session<typeof contract> | undefined;
    server.on("opened", ({ session }) => (newest = session));
    let said = 0;
    const waiting: Promise<void>[] = [];
    return {
      ...gate,
      say(message) {
        const told = newest?.emit("said", message);
        // Acks are cumulative: who has this one has those before.
        if (!told || (said += message.text.length) < stepLength) return;
        said = 0;
        waiting.push(told);
      },
      async flow() {
        while (waiting.length * stepLength > waitingLength) await waiting.shift();
      },
      stall() {
        stalled = new Promise((resolve) => (goOn = resolve));
      },
      goOn() {
        stalled = undefined;
        goOn();
      },
      publish: (message) => void server.emit("said", message),
    };
  },
  async dial(url, hear, maxBackoffMs) {
    const backoff = maxBackoffMs === undefined ? {} : { maxMs: maxBackoffMs };
    const client = createClient(contract, { url, backoff, log: "off" });
    if (hear) client.on("said", hear);
    await client.opened();
    return {
      say: (message) => void client.emit("say", message),
      ask: (message) => client.call("ask", message),
      items: (count, bytes) => client.stream("items", [count, bytes]),
      get bufferedBytes() {
        return client.bufferedBytes;
      },
      close: () => void client.close(),
    };
  },
};
