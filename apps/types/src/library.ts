// What a package of somebody's shares with others. It is compiled to declarations, which may name nothing but what its author depends on.
import {
  call,
  connect,
  createClient,
  defineContract,
  event,
  mergeContracts,
  stream,
} from "@holdfast/browser";
import { createClient as createService } from "@holdfast/node";
import { createServer } from "@holdfast/server";
import * as z from "zod";

export const chat = defineContract({
  fromClient: {
    say: event(z.string()),
    join: call({ input: z.string(), errors: { FULL: z.object({ limit: z.number() }) } }),
    feed: stream({ item: z.number(), cursor: (n) => n }),
    leave: event(),
  },
  fromServer: { said: event(z.string()), ask: call({ output: z.string() }) },
});
export const both = mergeContracts({ chat });
export const client = createClient(chat, { url: "wss://x" });
export const service = createService(chat, { url: "wss://x" });
export const join = (room: string) => client.tryCall("join", room);
export const feed = () => client.stream("feed");
export const said = () => client.once("said");
export const server = createServer(chat, {
  authenticate: () => ({ identity: { id: "ada", name: "Ada" } }),
}).handle({ say: () => {}, join: () => {}, feed: () => [], leave: () => {} });
export const rooms = () => [...server.sessions].map((session) => session.rooms);
export const words = connect("wss://x", { messages: { incoming: z.string() } });
