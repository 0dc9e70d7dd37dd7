import { afterEach, expect, test, vi } from "vitest";
import { virtualClock } from "@holdfast/testing";
import { FakeSocket } from "./fake-socket.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The package as a runtime with these globals loads it, and what its socket tells. */
async function runIn(globals: Record<string, unknown>): Promise<{ names: string[]; events: Event[] }> {
  // Node loads some of them late, and each from the others.
  void [MessageEvent, CloseEvent];
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  vi.resetModules();
  const { ReconnectingWebSocket } = await import("../src/index.ts");
  const links: FakeSocket[] = [];
  class Made extends FakeSocket {
    constructor(url: string) {
      super(url);
      links.push(this);
    }
  }
  const clock = virtualClock();
  const socket = new ReconnectingWebSocket("ws://peer.test/", [], { WebSocket: Made, clock, maxRetries: 1 });
  const events: Event[] = [];
  for (const type of ["open", "message", "error", "close"] as const) {
    socket.addEventListener(type, (event) => {
      expect(event.target).toBe(socket);
      events.push(event);
    });
  }
  links[0]?.open();
  links[0]?.receive("hello");
  links[0]?.end(4321, "bye");
  clock.advance(5_000);
  clock.advance(4_000);
  expect(() => socket.close(1)).toThrow(expect.objectContaining({ name: "InvalidAccessError" }));
  return { names: events.map(({ constructor }) => constructor.name), events };
}

const missing = {
  Event: undefined,
  EventTarget: undefined,
  MessageEvent: undefined,
  CloseEvent: undefined,
  ErrorEvent: undefined,
  DOMException: undefined,
};

function check(events: Event[]): void {
  expect(events).toMatchObject([
    { type: "open" },
    { type: "message", data: "hello", origin: "ws://peer.test", lastEventId: "" },
    { type: "close", code: 4321, reason: "bye", wasClean: true },
    { type: "error", message: "TIMEOUT", error: new Error("TIMEOUT") },
    { type: "close", code: 1006, reason: "", wasClean: false },
  ]);
}

test("cloudflare/partykit#257: works where no event class exists (React Native)", async () => {
  const { names, events } = await runIn(missing);
  check(events);
  expect(names).toEqual(["PlainEvent", "MessageEvent", "CloseEvent", "ErrorEvent", "CloseEvent"]);
  expect(Object.keys(events[2] ?? {})).not.toContain("kind");
});

test("cloudflare/partykit#401: works where only MessageEvent is missing (Hermes)", async () => {
  const { names, events } = await runIn({ MessageEvent: undefined });
  check(events);
  expect(names).toEqual(["Event", "MessageEvent", "CloseEvent", "ErrorEvent", "CloseEvent"]);
  expect(events.every((event) => event instanceof Event)).toBe(true);
});

test("cloudflare/partykit#257: an Event that EventTarget does not take is not used", async () => {
  const { events } = await runIn({ Event: Map });
  check(events);
});

test("partykit/partykit#537: a CloseEvent without code and reason is not used", async () => {
  const Empty = class CloseEvent extends Event {};
  const { names, events } = await runIn({ CloseEvent: Empty });
  check(events);
  expect([names[2], events[2] instanceof Empty]).toEqual(["CloseEvent", false]);
});

test("Node 20 and 22, without CloseEvent and ErrorEvent: ours, named right", async () => {
  const { names, events } = await runIn({ CloseEvent: undefined, ErrorEvent: undefined });
  check(events);
  expect(names).toEqual(["Event", "MessageEvent", "CloseEvent", "ErrorEvent", "CloseEvent"]);
});

test("the fallback for EventTarget: objects, once, signal, removal within, handlers, and stopping", async () => {
  vi.stubGlobal("EventTarget", undefined);
  vi.resetModules();
  const { ReconnectingWebSocket } = await import("../src/index.ts");
  const socket = new ReconnectingWebSocket("ws://peer.test/", [], {
    WebSocket: FakeSocket,
    startClosed: true,
  });
  const heard: string[] = [];
  const controller = new AbortController();
  const twice = (): void => void heard.push("twice");
  const object = {
    handleEvent(this: unknown) {
      heard.push(`object ${this === object}`);
      socket.removeEventListener("open", removed);
      socket.addEventListener("open", added, { once: true });
    },
  };
  const added = (): void => void heard.push("added");
  const removed = (): void => void heard.push("removed");
  socket.addEventListener("open", object);
  socket.addEventListener("open", removed);
  socket.addEventListener("open", null);
  socket.addEventListener("open", () => heard.push("once"), { once: true });
  socket.addEventListener("open", () => heard.push("signal"), { signal: controller.signal });
  socket.addEventListener("open", () => heard.push("aborted"), { signal: AbortSignal.abort() });
  socket.addEventListener("open", twice);
  socket.addEventListener("open", twice, true);
  socket.onopen = function (event) {
    heard.push(`handler ${this === socket} ${event.currentTarget === socket}`);
  };
  socket.dispatchEvent(new Event("open"));
  controller.abort();
  socket.onopen = null;
  socket.addEventListener("open", (event) => event.stopImmediatePropagation());
  socket.addEventListener("open", () => heard.push("stopped"));
  const foreign = {
    type: "open",
    isStopped: false,
    stopImmediatePropagation: () => (foreign.isStopped = true),
  };
  socket.dispatchEvent(foreign as unknown as Event);
  expect(heard).toEqual([
    "object true",
    "once",
    "signal",
    "twice",
    "handler true true",
    "object true",
    "twice",
    "added",
  ]);
});

test("React Native: binaryType that the socket will not take, and a URL that is no parser", async () => {
  const parse = URL;
  vi.stubGlobal(
    "URL",
    class {
      href: string;
      constructor(url: string) {
        this.href = new parse(url).href.endsWith("/") ? url : `${url}/`;
      }
    },
  );
  vi.resetModules();
  const { ReconnectingWebSocket } = await import("../src/index.ts");
  const urls: string[] = [];
  class Native extends FakeSocket {
    constructor(url: string) {
      super(url);
      urls.push(url);
      Object.defineProperty(this, "url", { value: url });
      Object.defineProperty(this, "binaryType", {
        set() {
          throw new Error("Native module BlobModule is required for blob support");
        },
      });
    }
  }
  const socket = new ReconnectingWebSocket("ws://peer.test/chat?token=1", [], { WebSocket: Native });
  expect([socket.url, socket.readyState, urls]).toEqual([
    "ws://peer.test/chat?token=1",
    0,
    ["ws://peer.test/chat?token=1"],
  ]);
  socket.close();
});

test("cloudflare/partykit#397: importing it asks for no chance, no time and no timer (Workers)", async () => {
  const forbidden = (name: string) => () => {
    throw new Error(`${name} at module scope`);
  };
  vi.stubGlobal("setTimeout", forbidden("setTimeout"));
  vi.stubGlobal("crypto", undefined);
  vi.spyOn(Math, "random").mockImplementation(forbidden("Math.random"));
  vi.spyOn(Date, "now").mockImplementation(forbidden("Date.now"));
  vi.spyOn(performance, "now").mockImplementation(forbidden("performance.now"));
  vi.resetModules();
  const loaded = await import("../src/index.ts").finally(() => vi.restoreAllMocks());
  expect(Object.keys(loaded)).toEqual(["ReconnectingWebSocket"]);
});
