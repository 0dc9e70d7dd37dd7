import type {} from "../../../scripts/echo-server.ts";
import { describe, expect, inject, test } from "vitest";
import { ReconnectingWebSocket } from "../src/index.ts";
import { record } from "./play.ts";

const url = inject("echoUrl");
const refused = "ws://127.0.0.1:1/";
const Ours: typeof WebSocket = ReconnectingWebSocket.with({
  maxRetries: 0,
  whileDown: "throw",
  // Chromium throttles whoever fails often.
  connectionTimeout: Infinity,
});

/** What a script sees of a socket of that class, as plain data. */
type Observation = (Class: typeof WebSocket) => unknown;

const ended = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.addEventListener("close", resolve));
const opened = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.addEventListener("open", resolve));
const heard = (socket: WebSocket): Promise<MessageEvent> =>
  new Promise((resolve) => socket.addEventListener("message", resolve));

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    const { name, code } = error as DOMException;
    return [name, code, error instanceof DOMException, error instanceof TypeError];
  }
}

const make =
  (...args: unknown[]): Observation =>
  (Class) =>
    attempt(() => {
      const socket = new (Class as unknown as new (...args: unknown[]) => WebSocket)(...args);
      socket.close();
      return socket.url;
    });

const lives: Record<string, Observation> = {
  constants: (Class) => {
    const names = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"] as const;
    return names.map((name) =>
      [Class, Class.prototype].map((owner) => [owner[name], Reflect.set(owner, name, 9), owner[name]]),
    );
  },

  "what can be enumerated": (Class) => {
    const socket = new Class(url);
    const names: string[] = [];
    for (const name in socket) names.push(name);
    socket.close();
    return names
      .filter((name) => !["retryCount", "shouldReconnect", "reconnect", "drainQueuedMessages"].includes(name))
      .toSorted();
  },

  "lengths and tag": (Class) => [
    Class.length,
    Class.prototype.send.length,
    Object.prototype.toString.call(Class.prototype),
  ],

  "attributes before open": (Class) => {
    const socket = new Class(url, "chat");
    const {
      readyState,
      bufferedAmount,
      protocol,
      extensions,
      binaryType,
      onopen,
      onerror,
      onclose,
      onmessage,
    } = socket;
    socket.close();
    return {
      readyState,
      bufferedAmount,
      protocol,
      extensions,
      binaryType,
      onopen,
      onerror,
      onclose,
      onmessage,
    };
  },

  "attributes while open and after": async (Class) => {
    const socket = new Class(url, ["one", "two"]);
    await opened(socket);
    const open = [socket.readyState, socket.protocol, socket.extensions, socket.url];
    socket.close();
    const closing = [socket.readyState, socket.protocol];
    await ended(socket);
    return [open, closing, socket.readyState, socket.protocol, socket.extensions];
  },

  "readyState cannot be set": (Class) => {
    const socket = new Class(url);
    const isSet = ["readyState", "url", "bufferedAmount", "protocol"].map((name) =>
      Reflect.set(socket, name, "mine"),
    );
    socket.close();
    return isSet;
  },

  "binaryType: what is set, what is ignored, what is sent": async (Class) => {
    const socket = new Class(url);
    const seen: unknown[] = [socket.binaryType];
    for (const value of ["arraybuffer", "nodebuffer", "", "Blob", null]) {
      socket.binaryType = value as BinaryType;
      seen.push(socket.binaryType);
    }
    await opened(socket);
    for (const type of ["arraybuffer", "blob"] as const) {
      socket.binaryType = type;
      socket.send(new Uint8Array([1, 2, 3]));
      seen.push(Object.prototype.toString.call((await heard(socket)).data));
    }
    seen.push(attempt(() => (socket.binaryType = Symbol("no") as never)));
    socket.close();
    return seen;
  },

  "a life: events, their classes and facts, and readyState in them": async (Class) => {
    const socket = new Class(url);
    const told = record(socket);
    const facts: unknown[] = [];
    for (const type of ["open", "message", "close"]) {
      socket.addEventListener(type, (event) => {
        const { bubbles, cancelable, target, currentTarget, eventPhase } = event;
        facts.push([
          event.constructor.name,
          bubbles,
          cancelable,
          target === socket,
          currentTarget === socket,
          eventPhase,
        ]);
      });
    }
    socket.onmessage = ({ origin, lastEventId, source, ports }) =>
      facts.push(origin, lastEventId, source, ports.length);
    await opened(socket);
    socket.send("text \ud800 \u{1f600}");
    await heard(socket);
    socket.close(3456, "done \ud800");
    await ended(socket);
    return [told, facts];
  },

  "close() without anything": async (Class) => {
    const socket = new Class(url);
    const told = record(socket);
    await opened(socket);
    socket.close();
    socket.close(4000, "again");
    await ended(socket);
    socket.close();
    return told;
  },

  "close() while connecting": async (Class) => {
    const socket = new Class(url);
    const told = record(socket);
    const classes: string[] = [];
    for (const type of ["error", "close"])
      socket.addEventListener(type, ({ constructor }) => classes.push(constructor.name));
    socket.close(3000, "no time");
    const seen = [socket.readyState, told.length];
    socket.send("into the void");
    await ended(socket);
    return [seen, told, classes, socket.bufferedAmount];
  },

  "close() in the open, message and close handlers": async (Class) => {
    const seen: unknown[] = [];
    for (const type of ["open", "message", "close"] as const) {
      const socket = new Class(url);
      const told = record(socket);
      socket.addEventListener(type, () => socket.close(3001));
      socket.addEventListener("open", () => socket.readyState === 1 && socket.send("close:1011:server"));
      socket.addEventListener("open", () => socket.readyState === 1 && socket.send("x"));
      await ended(socket);
      seen.push(type === "message" ? told.at(-1) : told);
    }
    return seen;
  },

  "the peer closes": async (Class) => {
    const socket = new Class(url);
    const told = record(socket);
    await opened(socket);
    socket.send("close:4321:bye");
    await ended(socket);
    return told;
  },

  "the connection is cut": async (Class) => {
    const socket = new Class(url);
    const told = record(socket);
    await opened(socket);
    socket.send("cut");
    await ended(socket);
    return told;
  },

  "the connection is refused": async (Class) => {
    const socket = new Class(refused);
    const told = record(socket);
    const classes: string[] = [];
    for (const type of ["error", "close"])
      socket.addEventListener(type, ({ constructor }) => classes.push(constructor.name));
    await ended(socket);
    return [told, classes];
  },

  "errors of close()": async (Class) => {
    const socket = new Class(url);
    await opened(socket);
    const cases: unknown[][] = [
      [0],
      [999],
      [1001],
      [2999],
      [5000],
      [66_536],
      [null],
      ["x"],
      [NaN],
      [1000, "x".repeat(124)],
      [1000, "\u00e9".repeat(62)],
      [3000, "\ud800".repeat(42)],
    ];
    const seen = cases.map((args) => attempt(() => socket.close(...(args as [number, string]))));
    seen.push(socket.readyState);
    socket.close(1000, "\u00e9".repeat(61));
    await ended(socket);
    return [seen, attempt(() => socket.close(1))];
  },

  "errors of send()": async (Class) => {
    const socket = new Class(url);
    const seen = [attempt(() => socket.send("too early"))];
    await opened(socket);
    seen.push(attempt(() => socket.send(Symbol("no") as never)));
    seen.push(attempt(() => Reflect.apply(socket.send, socket, [])));
    socket.close();
    seen.push(
      attempt(() => {
        socket.send("too late");
      }),
    );
    return seen;
  },

  "what is sent is what is echoed": async (Class) => {
    const socket = new Class(url);
    socket.binaryType = "arraybuffer";
    await opened(socket);
    const seen: unknown[] = [];
    const buffer = new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]).buffer;
    const values: unknown[] = [
      "",
      "text",
      null,
      undefined,
      12,
      {},
      buffer,
      new Uint16Array(buffer, 2, 2),
      new DataView(buffer, 1, 3),
      new Blob(["blob"]),
    ];
    for (const value of values) {
      socket.send(value as string);
      const { data } = await heard(socket);
      seen.push(typeof data === "string" ? data : [...new Uint8Array(data as ArrayBuffer)]);
    }
    socket.close();
    return seen;
  },

  "bufferedAmount after close": async (Class) => {
    const socket = new Class(url);
    await opened(socket);
    socket.close();
    const seen: number[] = [];
    for (const value of [
      "abc",
      "\u00e9\u{1f600}\ud800",
      new ArrayBuffer(5),
      new Uint16Array(2),
      new Blob(["blob"]),
    ]) {
      socket.send(value);
      seen.push(socket.bufferedAmount);
    }
    await ended(socket);
    socket.send("x");
    return [seen, socket.bufferedAmount];
  },

  "handlers: order, replacing, null, and what cannot be called": (Class) => {
    const socket = new Class(url);
    const order: unknown[] = [];
    socket.addEventListener("message", () => order.push(1));
    socket.onmessage = () => order.push("replaced");
    socket.addEventListener("message", () => order.push(3));
    socket.onmessage = function () {
      order.push(2, this === socket);
    };
    socket.dispatchEvent(new MessageEvent("message"));
    socket.onmessage = null;
    socket.onmessage = () => order.push(4);
    socket.dispatchEvent(new Event("message"));
    for (const value of [1, "x", undefined, true, Symbol("no")]) {
      socket.onmessage = value as never;
      order.push(socket.onmessage);
    }
    socket.close();
    return order;
  },

  "listeners: objects, once, signal, removed, twice, stopped": (Class) => {
    const socket = new Class(url);
    const heard: unknown[] = [];
    const controller = new AbortController();
    const object = { handleEvent: (event: Event) => heard.push("object", event.target === socket) };
    const twice = (): unknown => heard.push("twice");
    socket.addEventListener("close", object);
    socket.addEventListener("close", () => heard.push("once"), { once: true });
    socket.addEventListener("close", () => heard.push("signal"), { signal: controller.signal });
    socket.addEventListener("close", twice);
    socket.addEventListener("close", twice);
    socket.dispatchEvent(new CloseEvent("close"));
    controller.abort();
    socket.removeEventListener("close", object);
    socket.addEventListener("close", (event) => event.stopImmediatePropagation());
    socket.addEventListener("close", () => heard.push("stopped"));
    socket.dispatchEvent(new CloseEvent("close"));
    socket.close();
    return heard;
  },
};

/** Last, for these sockets never open. */
const constructions: Record<string, Observation> = {
  "an absolute URL": make(url),
  "a URL object": make(new URL(url)),
  "a URL without a path": make(url.slice(0, -1)),
  "a relative URL": make("some/where?a=b"),
  "the empty URL, in a page with a path": make("?"),
  "an http URL": make(url.replace("ws", "http")),
  "an https URL": make("https://127.0.0.1:1/"),
  "a URL with a default port": make("ws://127.0.0.1:80/"),
  "a URL with spaces, upper case and another alphabet": make("WS://127.0.0.1:1/a b/\u00e9?\ud800"),
  "a fragment": make(`${url}#a`),
  "an empty fragment": make(`${url}#`),
  "another scheme": make("ftp://127.0.0.1/"),
  "an opaque URL": make("mailto:a@b"),
  "a bad host": make("ws://a b/"),
  "a bad port": make("ws://127.0.0.1:99999/"),
  "a symbol for a URL": make(Symbol("url")),
  "no subprotocols": make(url, []),
  "subprotocols in a set": make(url, new Set(["a", "b"])),
  "an empty subprotocol": make(url, ""),
  "a subprotocol with a space": make(url, "a b"),
  "a subprotocol with a comma": make(url, ["a,b"]),
  "a subprotocol beyond ASCII": make(url, "\u00e9"),
  "a subprotocol twice": make(url, ["a", "b", "a"]),
  "subprotocols that are an object": (Class) =>
    (attempt(() => new Class(url, {} as string)) as unknown[]).length > 1,
};

const observations: Record<string, Observation> = { ...lives, ...constructions };

test("in a browser it reconnects after a cut", async () => {
  const socket = new ReconnectingWebSocket(url, [], {
    minReconnectionDelay: 1,
    maxReconnectionDelay: 5,
    connectionTimeout: Infinity,
  });
  const told = record(socket);
  for (let i = 0; i < 3; i++) {
    const end = ended(socket);
    socket.send("cut");
    await end;
  }
  await opened(socket);
  socket.close();
  await ended(socket);
  expect(told).toEqual([
    ...Array.from({ length: 3 }, () => ["open 1", "close 1006 unclean 3"]).flat(),
    "open 1",
    "close 1005 clean 3",
  ]);
});

describe("side by side with the browser's own WebSocket", () => {
  test.each(Object.keys(observations))("%s", async (name) => {
    const observe = observations[name] as Observation;
    expect(await observe(Ours)).toEqual(await observe(WebSocket));
  });
});

test("what differs, on purpose: subprotocols that differ only in case are refused as the Web Platform Tests say", () => {
  expect(() => new Ours(url, ["a", "A"])).toThrow(expect.objectContaining({ name: "SyntaxError" }));
});
