import { expect, test } from "vitest";
import { failures, play } from "./play.ts";

test("a loss is told with its true code, then there is a new connection, and it is told", () => {
  const { socket, clock, links, told } = play();
  expect(socket.readyState).toBe(0);
  links[0]?.open();
  links[0]?.receive("hello");
  links[0]?.end(1012, "restart");
  expect(socket.readyState).toBe(0);
  expect(socket.shouldReconnect).toBe(true);
  clock.advance(5_000);
  links[1]?.open();
  expect(told).toEqual(["open 1", "message hello 1", "close 1012 restart clean 3", "open 1"]);
});

test("a refused connection is never a close event with code 1000 and wasClean true", () => {
  const seen: number[] = [];
  const { clock, links, told } = play({
    maxRetries: 2,
    shouldReconnectOnClose: ({ code }) => seen.push(code) > 0,
  });
  for (let i = 0; i < 3; i++) {
    links[i]?.refuse();
    clock.advance(10_000);
  }
  expect(links).toHaveLength(3);
  expect(told).toEqual(failures(3));
  expect(seen).toEqual([1006, 1006, 1006]);
});

test("a lie of the runtime about a refused connection is not passed on", () => {
  const { links, told } = play();
  links[0]?.end(1000);
  expect(told).toEqual(["error 3", "close 1006 unclean 3"]);
});

test("pladaria/reconnecting-websocket#125, cloudflare/partykit#252: after maxRetries reconnect() works again", () => {
  const { socket, clock, links, told } = play({ maxRetries: 1 });
  links[0]?.refuse();
  clock.advance(10_000);
  links[1]?.refuse();
  clock.advance(60_000);
  expect([links.length, socket.readyState, socket.shouldReconnect, socket.retryCount]).toEqual([
    2,
    3,
    false,
    1,
  ]);
  expect(clock.pending).toBe(0);
  socket.reconnect();
  expect([links.length, socket.readyState, socket.shouldReconnect, socket.retryCount]).toEqual([
    3,
    0,
    true,
    0,
  ]);
  links[2]?.open();
  expect(told.at(-1)).toBe("open 1");
});

test("pladaria/reconnecting-websocket#165: close() before the first connect, then reconnect()", () => {
  for (const startClosed of [false, true]) {
    const p = play({ startClosed });
    p.socket.close();
    expect([p.alive.length, p.clock.pending]).toEqual([0, Number(!startClosed)]);
    p.socket.reconnect();
    p.last.open();
    p.clock.advance(60_000);
    expect([p.alive.length, p.socket.readyState, p.told.at(-1)]).toEqual([1, 1, "open 1"]);
  }
});

test("pladaria/reconnecting-websocket#134: a provider that throws or rejects is a failed attempt, not the end", async () => {
  const answers = [
    () => {
      throw new Error("no token");
    },
    () => Promise.reject(new Error("no token")),
    () => Promise.reject("no token"),
    () => "ftp://peer.test/",
    () => Promise.resolve("ws://peer.test/token"),
  ];
  const messages: unknown[] = [];
  const { socket, clock, links, told } = play({ url: () => answers.shift()?.() ?? "" });
  socket.addEventListener("error", ({ message }) => messages.push(message));
  for (let i = 0; i < 5; i++) await clock.advanceAsync(10_000 * Number(i > 0));
  expect(messages).toEqual(["no token", "no token", "no token", "invalid URL: ftp://peer.test/"]);
  expect(told).toEqual(failures(4));
  expect(links.map(({ url }) => url)).toEqual(["ws://peer.test/token"]);
  expect(socket.url).toBe("ws://peer.test/token");
});

test("pladaria/reconnecting-websocket#134: protocols are asked before every attempt, and reconnect() is heeded meanwhile", async () => {
  let asked = 0;
  const { socket, clock, links } = play({ protocols: async () => [`token-${++asked}`] });
  await clock.settle();
  links[0]?.open();
  links[0]?.end();
  await clock.advanceAsync(5_000);
  socket.reconnect();
  await clock.settle();
  expect(links.map(({ protocols }) => protocols)).toEqual([["token-1"], ["token-2"], ["token-3"]]);
});

test("a provider that always rejects lets go between two questions, whatever the delay", async () => {
  let asked = 0;
  const { clock } = play({
    url: () => Promise.reject(new Error(`${++asked}`)),
    minReconnectionDelay: 0,
    maxReconnectionDelay: 0,
  });
  await clock.advanceAsync(10);
  expect(asked).toBe(11);
});

test("a slow provider is waited for: connectionTimeout is the socket's", async () => {
  let answer: (url: string) => void = () => {};
  const { clock, links, told } = play({
    connectionTimeout: 100,
    url: () => new Promise((resolve) => (answer = resolve)),
  });
  await clock.advanceAsync(60_000);
  answer("ws://peer.test/");
  await clock.advanceAsync(99);
  expect([links.length, told]).toEqual([1, []]);
});

test("partykit/partykit#929, pladaria/reconnecting-websocket#170: an attempt that takes too long is dropped before the next one", () => {
  const { socket, clock, links, alive, told } = play({
    connectionTimeout: 1_000,
    minReconnectionDelay: 500,
    maxReconnectionDelay: 500,
  });
  const messages: unknown[] = [];
  socket.addEventListener("error", ({ message }) => messages.push(message));
  for (let i = 1; i <= 5; i++) {
    clock.advance(999);
    expect([links.length, alive.length]).toEqual([i, 1]);
    clock.advance(1);
    expect(links.filter(({ isTerminated }) => isTerminated)).toHaveLength(i);
    clock.advance(500);
  }
  expect(messages).toEqual(Array(5).fill("TIMEOUT"));
  expect(told.slice(0, 2)).toEqual(["error 3", "close 1006 unclean 3"]);
});

test("vueuse/vueuse#4381: reconnect() inside the wait, or after close() in it, leaves one connection", () => {
  for (const first of ["reconnect", "close"] as const) {
    const p = play();
    p.last.open();
    p.last.end();
    p.socket[first]();
    p.socket.reconnect();
    p.last.open();
    p.clock.advance(60_000);
    expect(p.links.filter(({ readyState }) => readyState < 2)).toHaveLength(1);
    expect(p.clock.pending).toBe(0);
  }
});

test("ReactiveX/rxjs#3935: a socket made while the one before is closing is closed like any other", () => {
  const p = play();
  p.last.open();
  p.socket.close(1000, "first");
  p.socket.reconnect();
  expect(p.links).toHaveLength(2);
  p.socket.close();
  p.clock.advance(60_000);
  expect(p.links.map(({ readyState }) => readyState)).toEqual([3, 3]);
  expect(p.socket.readyState).toBe(3);
  expect(p.told.filter((line) => line.startsWith("close"))).toHaveLength(1);
});

test("reconnect(code, reason) closes the open socket with them and says so, not inside the call", () => {
  const p = play();
  p.last.open();
  p.socket.reconnect(4000, "new token");
  expect(p.links[0]?.closings[0]).toEqual([4000, "new token"]);
  expect([p.told, p.socket.readyState, p.links.length]).toEqual([["open 1"], 0, 2]);
  p.last.open();
  expect(p.told).toEqual(["open 1", "close 4000 new token clean 3", "open 1"]);
  expect(() => p.socket.reconnect(1001)).toThrow(expect.objectContaining({ name: "InvalidAccessError" }));
});

test("reconnect() during close(code, reason) tells what close() was given", () => {
  const p = play();
  p.last.open();
  p.socket.close(4000, "mine");
  p.socket.reconnect();
  p.last.open();
  expect(p.told).toEqual(["open 1", "close 4000 mine clean 3", "open 1"]);
});

test("cloudflare/partykit#409: shouldReconnectOnClose decides, 1000 is no special case, and a throw decides nothing", () => {
  const codes = [1000, 1001, 4001, 4100];
  for (const code of codes) {
    const p = play({ shouldReconnectOnClose: (event) => event.code !== 4001 });
    p.last.open();
    p.last.end(code);
    p.clock.advance(10_000);
    expect(p.links).toHaveLength(code === 4001 ? 1 : 2);
    expect(p.socket.shouldReconnect).toBe(code !== 4001);
  }
  for (const code of [1000, 1006, 4001]) {
    const thrower = play({
      shouldReconnectOnClose: () => {
        throw new Error("mine");
      },
    });
    thrower.last.open();
    thrower.last.end(code);
    expect(() => thrower.clock.advance(0)).toThrow("mine");
    thrower.clock.advance(20_000);
    expect(thrower.links).toHaveLength(2);
  }
});

test("shouldReconnectOnClose that answers nothing says no, as in partysocket", () => {
  for (const answer of [undefined, 0, "", null]) {
    const p = play({ shouldReconnectOnClose: () => answer as unknown as boolean });
    p.last.open();
    p.last.end(1006);
    p.clock.advance(20_000);
    // There is no retry to count.
    expect([p.links.length, p.socket.retryCount]).toEqual([1, 0]);
  }
});

test("bytes that were sent to nobody count until the next dial, asked for or not", () => {
  const p = play({ whileDown: "throw" });
  p.last.open();
  p.socket.onclose = () => p.socket.send("lost");
  p.last.end(1001);
  p.clock.advance(0);
  expect(p.socket.bufferedAmount).toBe(4);
  p.clock.advance(20_000);
  p.last.open();
  expect(p.socket.bufferedAmount).toBe(0);
});

test("retryCount stays 0 when what held is closed", () => {
  const p = play({ minUptime: 1_000 });
  p.last.refuse();
  p.clock.advance(20_000);
  p.last.open();
  expect(p.socket.retryCount).toBe(1);
  p.clock.advance(1_000);
  expect(p.socket.retryCount).toBe(0);
  p.socket.close();
  expect(p.socket.retryCount).toBe(0);
});

test("it is CLOSED in a close handler, also when an error handler has asked for the next one", () => {
  const p = play();
  const told: unknown[] = [];
  p.socket.onerror = () => {
    told.push(["error", p.socket.readyState]);
    p.socket.onerror = null;
    p.socket.reconnect();
  };
  p.socket.onclose = () => told.push(["close", p.socket.readyState]);
  p.last.refuse();
  p.clock.advance(0);
  expect(told).toEqual([
    ["error", 3],
    ["close", 3],
  ]);
  expect(p.socket.readyState).toBe(0);
});

test("close() in a close handler ends it without another event; reconnect() in one dials at once", () => {
  const p = play();
  p.last.open();
  p.socket.onclose = () => p.socket.close();
  p.last.end();
  p.clock.advance(60_000);
  expect([p.links.length, p.socket.readyState, p.told]).toEqual([1, 3, ["open 1", "close 1006 unclean 3"]]);
  p.socket.onclose = () => p.socket.reconnect();
  p.socket.reconnect();
  p.last.refuse();
  expect([p.links.length, p.socket.readyState]).toEqual([3, 0]);
});

test("close() while open, connecting, waiting and closed: exactly one close event, never inside the call", () => {
  const cases: [name: string, prepare: (p: ReturnType<typeof play>) => void, told: string[]][] = [
    ["connecting", () => {}, ["error 3", "close 1006 unclean 3"]],
    ["waiting", (p) => p.last.refuse(), ["error 3", "close 1006 unclean 3"]],
    ["closed", (p) => (p.socket.close(), p.clock.advance(0)), []],
  ];
  for (const [name, prepare, expected] of cases) {
    const p = play();
    prepare(p);
    const before = p.told.length;
    p.socket.close();
    p.socket.close(3000, "again");
    expect(p.told.slice(before), name).toEqual([]);
    expect(p.socket.readyState, name).toBe(name === "closed" ? 3 : 2);
    p.clock.advance(60_000);
    expect(p.told.slice(before), name).toEqual(expected);
    expect([p.links.length, p.clock.pending, p.socket.readyState]).toEqual([1, 0, 3]);
  }
  const p = play();
  p.last.open();
  p.socket.close(3000, "done");
  p.socket.close();
  expect([p.socket.readyState, p.last.closings]).toEqual([2, [[3000, "done"]]]);
  p.last.receive("too late");
  p.last.end(3000, "done");
  p.clock.advance(60_000);
  expect(p.told).toEqual(["open 1", "close 3000 done clean 3"]);
});

test("a peer that does not answer a close is not waited for: 1006 after three seconds", () => {
  const p = play();
  p.last.open();
  p.socket.close();
  p.clock.advance(2_999);
  expect(p.told).toEqual(["open 1"]);
  p.clock.advance(1);
  expect([p.told, p.last.isTerminated]).toEqual([["open 1", "close 1006 unclean 3"], true]);
});

test("startClosed waits for reconnect(), and what was sent before it is delivered", () => {
  const p = play({ startClosed: true });
  expect([p.links.length, p.socket.readyState, p.socket.url]).toEqual([0, 3, "ws://peer.test/"]);
  p.socket.send("early");
  p.socket.reconnect();
  p.last.open();
  expect(p.last.sent).toEqual(["early"]);
});

test("stale sockets are not listened to", () => {
  const p = play();
  const { onopen, onclose } = p.last as { onopen: unknown; onclose: unknown } as Record<
    string,
    (event: object) => void
  >;
  p.socket.reconnect();
  onopen?.({});
  onclose?.({ code: 1000 });
  expect([p.told, p.socket.readyState, p.links.length]).toEqual([[], 0, 2]);
});
