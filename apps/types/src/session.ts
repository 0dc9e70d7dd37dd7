// What a user writes of a session, on both ends. It is compiled, never run: every line is a promise about types.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer } from "node:http2";
import { call, createClient, defineContract, event, HoldfastError, stream } from "@holdfast/browser";
import { createClient as dial } from "@holdfast/node";
import { createServer, type Handlers } from "@holdfast/server";
import { checkContract, testPair, virtualClock } from "@holdfast/testing";
import * as z from "zod";
import { both, mail, type User } from "./contract.ts";
import { join } from "./join.ts";

const client = createClient(mail, {
  url: "/live",
  credential: async ({ attempt, signal }) => `token ${attempt} ${signal.aborted}`,
  handlers: { locate: () => "here" },
  storage: "session",
});
client.on("notification", ({ at, subject }) => [at.getTime(), subject.length]);
await client.emit("publish", { to: "ada", subject: "hi", at: new Date() });
await client.emit("leave");
const text: string = await client.call("echo", "hi", { timeoutMs: 5_000 });
const nothing: void = await client.call("join", "readers");
const tried = await client.tryCall("join", "readers");
if (!tried.ok && tried.error.code === "FULL") tried.error.data.limit.toFixed();
for await (const { id, at } of client.stream("feed", { unread: true }, { credit: 8, onGap: () => {} })) {
  id.toFixed();
  at.getTime();
}
for await (const tick of client.stream("ticks")) tick.toFixed();
client.session.on("lost", ({ reason, inDoubt }) => [reason.length, inDoubt[0]?.name]);
try {
  await client.opened({ timeoutMs: 5 });
} catch (error) {
  if (HoldfastError.is(error, "REMOTE")) error.remote.code.length.toFixed();
  if (HoldfastError.is(error, "SESSION_LOST")) error.inDoubt.valueOf();
}

// @ts-expect-error the contract has no such event
void client.emit("publsh", { to: "ada", subject: "hi", at: new Date() });
// @ts-expect-error a Date, not what travels
void client.emit("publish", { to: "ada", subject: "hi", at: "2026-01-01" });
// @ts-expect-error something is missing
void client.emit("publish");
// @ts-expect-error it is a call
void client.emit("echo", "hi");
// @ts-expect-error a string
void client.call("echo", 7);
// @ts-expect-error that is what the server sends
void client.emit("notification", { to: "ada", subject: "hi", at: new Date() });
// @ts-expect-error that is what the client sends
client.on("publish", () => {});
// @ts-expect-error the client loses nothing silently
createClient(mail, { url: "/live", outbox: { overflow: "drop-oldest" } });
// @ts-expect-error it answers a string
createClient(mail, { url: "/live", handlers: { locate: () => 7 } });
// @ts-expect-error browsers send no headers
createClient(mail, { url: "/live", headers: {} });
dial(mail, { url: "ws://x", headers: { authorization: "x" } });
void dial(both, { url: "ws://x" }).emit("chat.say", "hi");

// @ts-expect-error a call that is not idempotent after all, and nobody would know
call({ input: z.string(), idempotant: true });
// @ts-expect-error it would be asked with nothing
call({ inputs: z.string(), output: z.string() });
// @ts-expect-error so would this one: a schema is an option, and not the options
call(z.string());
// @ts-expect-error a stream goes on from its cursor
stream({ item: z.number(), cursor: (n) => n, idempotent: true });
// @ts-expect-error a volatile event is no call
call({ input: z.string(), delivery: "volatile" });
// @ts-expect-error the server could say nothing
defineContract({ fromClient: {}, fromServers: { said: event(z.string()) } });

const server = createServer(mail, {
  authenticate: async ({ request, credential }) =>
    request.headers.cookie && typeof credential === "string"
      ? { identity: { id: "1", name: credential } satisfies User, rooms: ["readers"], expiresAt: new Date() }
      : null,
  allowedOrigins: ["https://app.example"],
  limits: { callsInFlight: 8 },
}).handle({
  join,
  echo: (words, { identity }) => `${identity.name}: ${words}`,
  async publish(draft, { session, server }) {
    await server.to("readers").except(session).emit("notification", draft);
  },
  leave: (_, { session }) => session.leave("readers"),
  async *feed({ unread }, { since, gap, signal }) {
    if (since !== undefined && since < 10) gap();
    if (!signal.aborted && unread) yield { id: (since ?? 0) + 1, at: new Date() };
  },
  *ticks() {
    yield 1;
  },
});
server.on("opened", ({ session }) => session.identity.name.length.toFixed());
for (const session of server.sessions) void session.call("locate").then((where) => where.length);
const { port } = await server.listen({ port: 0 });
server.attach(createHttpServer(), { path: "/live" }).attach(createSecureServer({ allowHTTP1: true }));
// @ts-expect-error the server, not the app that it serves
server.attach((_: IncomingMessage, response: ServerResponse) => response.end());
await server.drain({ withinMs: 1_000 });

const rest = {
  join,
  echo: (words: string) => words,
  publish: () => {},
  leave: () => {},
  feed: () => [],
  ticks: () => [],
};
// @ts-expect-error a handler is missing
createServer(mail).handle({ echo: (words) => words });
// @ts-expect-error join wants to know a name, and nobody has one here
createServer(mail).handle(rest);
// @ts-expect-error everybody would be anonymous, and have no name
createServer<typeof mail, User>(mail);
// @ts-expect-error the same, with options
createServer<typeof mail, User>(mail, { limits: { callsInFlight: 8 } });
createServer<typeof mail, { id: string }>(mail);
const users = new Map<unknown, User>();
createServer(mail, {
  authenticate({ credential }) {
    const user = users.get(credential);
    return user && { identity: user, rooms: ["readers"] };
  },
}).handle(rest);
createServer(mail, {
  authenticate: async ({ credential }) => {
    const user = await Promise.resolve(users.get(credential));
    return user && { identity: user };
  },
}).handle(rest);
createServer(mail, {
  authenticate: async ({ credential }) => {
    if (credential === undefined) return null;
    const user = await Promise.resolve(users.get(credential));
    return user ? { identity: user } : "expired";
  },
}).handle(rest);
// @ts-expect-error it says "expired", or nothing
createServer(mail, { authenticate: () => "expire" });
createServer(mail, {
  authenticate: (): { identity: User } => ({ identity: { id: "1", name: "Ada" } }),
}).handle(rest);

const pair = testPair<typeof mail, User>(mail, { identity: { id: "1", name: "Ada" }, handlers: rest });
testPair(mail, {
  identity: { id: "1", name: "Ada" },
  handlers: { ...rest, echo: (_, { identity }) => identity.name },
});
testPair(mail, {
  handlers: { ...rest, join: (_, { identity }) => void (identity.id satisfies "anonymous") },
});
const clock = virtualClock();
const known: Handlers<typeof mail, User> = rest;
testPair(mail, {
  clock,
  handlers: known,
  server: {
    authenticate: ({ credential }) => ({
      identity: { id: "1", name: String(credential) },
      expiresAt: clock.epochMs(),
    }),
  },
}).server.on("opened", ({ session }) => session.identity.name.length.toFixed());
// @ts-expect-error join wants to know a name, and nobody says one
testPair(mail, { handlers: rest });
// @ts-expect-error the same, with options of a server that asks nobody
testPair<typeof mail, User>(mail, { handlers: rest, server: { resumeWithinMs: 5 } });
// @ts-expect-error the identity has no name
testPair<typeof mail, User>(mail, { handlers: rest, identity: { id: "1" } });
await pair.clock.advanceAsync(50);
void [text, nothing, port, checkContract(mail), pair.network.links, server[Symbol.asyncDispose]];
