import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Client, createClient } from "@holdfast/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Demo } from "../src/demo.ts";
import { contract } from "../src/shared/contract.ts";
import { Ledger } from "../src/shared/ledger.ts";
import { patience } from "../src/shared/patience.ts";
import { networked } from "../src/shared/socket-paths.ts";
import { Person } from "./person.ts";
import { mail, startQuietly } from "./quiet-demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startQuietly();
});
afterAll(() => demo[Symbol.asyncDispose]());

/** Where that path of the demo is. */
function at(path: string, of: Demo = demo): URL {
  return new URL(path, of.url);
}

/** A service of that name, on the session. */
function enter(name: string, page: string = name): Client<typeof contract> {
  return createClient(contract, {
    ...patience,
    url: at(networked.live),
    credential: async () => ({ token: await demo.serviceToken(name), page }),
    log: "off",
  });
}

test("a plain WebSocket is turned away with words", async () => {
  const link = new WebSocket(at(networked.live));
  const [, response] = (await once(link, "unexpected-response")) as [unknown, IncomingMessage];
  expect(response.statusCode).toBe(426);
  expect(await text(response)).toContain("connect with createClient");
});

test("a page from elsewhere gets no socket", async () => {
  const link = new WebSocket(at(networked.live), "holdfast.1", { origin: "http://elsewhere.test" });
  await expect(once(link, "open")).rejects.toThrow("403");
  for (const path of ["/echo", "/plain", networked.echo, networked.plain]) {
    const plain = new WebSocket(at(path), { origin: "http://elsewhere.test" });
    await expect(once(plain, "open")).rejects.toThrow("403");
  }
});

test("who asks for a page where sockets are is told so, and gets no source of ours", async () => {
  for (const path of ["/live", "/live?x", "/echo", "/plain", networked.live, networked.echo]) {
    const response = await fetch(at(path));
    expect([response.status, response.headers.get("upgrade")]).toEqual([426, "websocket"]);
    expect(await response.text()).toBe("Sockets only.\n");
  }
});

test.each([
  "/elsewhere",
  "//",
  "/?",
  "/echo/",
  "/%",
  "/live/",
  "/network",
  "/network/",
  "/network/elsewhere",
  "/network/live/",
  "/network/network/live",
  "/network//live",
  "/networklive",
  "/compare/live",
  "/compare/0123456789ab/live",
])("there are no sockets at %s", async (path) => {
  const { host } = new URL(demo.url);
  const link = new WebSocket(`ws://${host}${path}`, "holdfast.1");
  await expect(once(link, "open")).rejects.toThrow("404");
});

test("who is turned away and does not hang up keeps nobody from stopping", async () => {
  const other = await startQuietly();
  const { port } = new URL(other.url);
  const client = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
  client.write(`GET /elsewhere HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`);
  expect(String((await once(client, "data"))[0])).toMatch(/^HTTP\/1.1 404 /);
  await other[Symbol.asyncDispose]();
  client.destroy();
});

test("by another name it is not to be had, and its own source is nobody's business", async () => {
  const { port } = new URL(demo.url);
  const status = await new Promise((resolve) =>
    get({ host: "127.0.0.1", port, path: "/api/demo", headers: { host: "evil.test" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }),
  );
  expect(status).toBe(403);
  expect((await fetch(demo.url, { method: "DELETE" })).status).toBe(405);
  for (const path of ["../server/store.ts", "@fs/etc/hostname"]) {
    expect((await fetch(`${demo.url}${path}`)).status).toBeGreaterThanOrEqual(403);
  }
});

test("who shows no token, or one that somebody made up, is refused for good", async () => {
  for (const credential of [undefined, { token: "a.b.c", page: "x" }]) {
    await using client = createClient(contract, { url: at(networked.live), credential, log: "off" });
    const { cause } = await client.session.once("closed");
    expect(cause?.code).toBe("UNAUTHORIZED");
  }
});

test("who shows a token that was theirs until the sign-in ended is asked for another, and goes on", async () => {
  const old = await Person.signIn(demo.url, "Ada");
  const tokens = [await old.token(), await old.token()];
  await old.cause("expire");
  const again = await Person.signIn(demo.url, "Ada");
  const whys: unknown[] = [];
  await using client = createClient(contract, {
    ...patience,
    url: at(networked.live),
    async credential({ why }) {
      whys.push("code" in why ? why.code : why.kind);
      return { token: tokens.shift() ?? (await again.token()), page: "ended" };
    },
    log: "off",
  });
  await client.opened();
  expect(whys).toEqual(["asked", 4101, 4101]);
});

test("the echo server echoes, and the one without sessions answers and counts by number", async () => {
  const echo = new WebSocket(at(networked.echo));
  await once(echo, "open");
  echo.send("Hello!");
  expect(String((await once(echo, "message"))[0])).toBe("Hello!");
  echo.close();

  const plain = new WebSocket(at(`${networked.plain}?page=p`));
  await once(plain, "open");
  for (const n of [1, 3, 2, 3]) plain.send(JSON.stringify({ n }));
  expect(JSON.parse(String((await once(plain, "message"))[0]))).toEqual({ n: 1, to: 1 });
  plain.send("no number");
  const [code] = await once(plain, "close");
  expect(code).toBe(1007);
});

test("a storm is a dozen cuts, as the page says, and links come back between them", async () => {
  await using other = await startQuietly();
  const ada = await Person.signIn(other.url, "Ada");
  const cut = vi.spyOn(other.proxy, "cut");
  await using client = ada.enter("storm");
  await client.opened();
  await ada.cause("storm");
  const network = async (): Promise<unknown> => (await fetch(at("/api/demo", other))).json();
  await expect.poll(network, { interval: 200 }).toMatchObject({ network: "fine" });
  expect(cut).toHaveBeenCalledTimes(12);
  await client.opened();
  expect(other.proxy.totalLinks).toBeGreaterThan(2);
});

test("a saying that the contract refuses is told to its sender, and the session goes on", async () => {
  await using client = enter("test");
  const at = new Date();
  await expect(client.emit("say", { n: 1, text: "", at })).rejects.toMatchObject({ code: "INVALID_MESSAGE" });
  const answer = client.once("said");
  await client.emit("say", { n: 1, text: "hi", at });
  expect(await answer).toMatchObject({ n: 1, to: { n: 1, text: "hi", at }, link: 1 });
  expect(await client.call("ledger")).toEqual({
    received: [[1, 1]],
    doubled: 0,
    reordered: 0,
    said: 1,
    doubted: [],
  });
});

test("the server counts what it hears twice, late, and never", async () => {
  await using client = enter("liar");
  const ledger = new Ledger(client);
  ledger.say("one");
  for (const n of [1, 4, 3]) void client.emit("say", { n, text: "not from the ledger", at: new Date() });
  await ledger.check();
  expect(ledger.up).toEqual({ sent: 1, received: 3, failed: 0, lost: 0, doubled: 1, reordered: 1 });
  expect((await client.call("ledger")).received).toEqual([
    [1, 1],
    [3, 4],
  ]);
});

test("a mail that is dropped into the folder is in everybody's feed, and what is published by hand too", async () => {
  await using reader = enter("reader");
  await using writer = enter("writer");
  const feed = reader.stream("feed", {});
  writeFileSync(join(demo.mailFolder, "dropped.eml"), mail("Grandma", "Come for cake"));
  expect(await feed.next()).toMatchObject({
    value: { from: "Grandma", subject: "Come for cake", kind: "mail", read: false },
  });
  await writer.call("publish", { subject: "By hand", preview: "", from: "A service" });
  expect(await feed.next()).toMatchObject({ value: { from: "A service", subject: "By hand" } });
  await writer.call("publish", { to: "writer", subject: "Not yours", preview: "" });
  await writer.call("publish", { to: "reader", subject: "Yours", preview: "" });
  expect(await feed.next()).toMatchObject({ value: { subject: "Yours" } });
});

test("credentials are renewed in session, and the link stays", async () => {
  await using short = await startQuietly({ tokenLifeMs: 8_000 });
  let asked = 0;
  let tell = (): void => {};
  const renewed = new Promise<void>((resolve) => (tell = resolve));
  await using client = createClient(contract, {
    ...patience,
    url: at(networked.live, short),
    async credential() {
      if (++asked === 4) tell();
      return { token: await short.serviceToken("test"), page: "test" };
    },
    log: "off",
  });
  await renewed;
  expect([client.state.name, short.proxy.totalLinks]).toEqual(["OPEN", 2]);
});

test("the page may load nothing inline and nothing from elsewhere", async () => {
  const page = await fetch(demo.url);
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  expect((await fetch(new URL("/nowhere", demo.url))).status).toBe(404);
});
