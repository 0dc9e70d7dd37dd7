import { expect, test } from "vitest";
import { ReconnectingWebSocket } from "../src/index.ts";
import { play } from "./play.ts";

const tell = (p: ReturnType<typeof play>): void => p.socket.dispatchEvent(new Event("open")) as never;

test("a handler takes its place among the listeners when it is set, and keeps it when replaced", () => {
  const p = play();
  const order: string[] = [];
  p.socket.addEventListener("open", () => order.push("first"));
  p.socket.onopen = () => order.push("replaced");
  p.socket.addEventListener("open", () => order.push("third"));
  p.socket.onopen = () => order.push("second");
  tell(p);
  expect(order).toEqual(["first", "second", "third"]);
});

test("a handler that became null loses its place", () => {
  const p = play();
  const order: string[] = [];
  p.socket.onopen = () => order.push("handler");
  p.socket.addEventListener("open", () => order.push("listener"));
  p.socket.onopen = null;
  tell(p);
  p.socket.onopen = () => order.push("handler");
  tell(p);
  expect(order).toEqual(["listener", "listener", "handler"]);
});

test("what cannot be called becomes null as a handler", () => {
  const { socket } = play();
  for (const name of ["onopen", "onmessage", "onerror", "onclose"] as const) {
    expect([name, name in socket, socket[name]]).toEqual([name, true, null]);
    for (const value of [1, "x", true, null, undefined, {}, { handleEvent() {} }]) {
      const handler = (): void => {};
      socket[name] = handler;
      expect(socket[name]).toBe(handler);
      socket[name] = value as never;
      expect(socket[name]).toBe(null);
    }
  }
});

test("listeners: objects, once, signal, removal, twice the same, and one that throws harms nobody", () => {
  const p = play();
  const heard: string[] = [];
  const controller = new AbortController();
  const twice = (): void => void heard.push("twice");
  const object = {
    handleEvent(this: unknown) {
      heard.push(`object ${this === object}`);
    },
  };
  p.socket.addEventListener("open", object);
  p.socket.addEventListener("open", () => heard.push("once"), { once: true });
  p.socket.addEventListener("open", () => heard.push("signal"), { signal: controller.signal });
  p.socket.addEventListener("open", twice);
  p.socket.addEventListener("open", twice);
  tell(p);
  controller.abort();
  p.socket.removeEventListener("open", object);
  tell(p);
  expect(heard).toEqual(["object true", "once", "signal", "twice", "twice"]);
});

test("events are of the runtime's classes, and their target is the socket", () => {
  const p = play();
  const events: Event[] = [];
  for (const type of ["open", "message", "error", "close"]) {
    p.socket.addEventListener(type, (event) => {
      events.push(event);
    });
  }
  const facts: unknown[] = [];
  p.socket.onmessage = function (event) {
    facts.push(this, event.data, event.origin, event.lastEventId);
  };
  p.last.open();
  p.last.receive("hi");
  p.last.end(4000, "bye");
  p.clock.advance(5_000);
  p.last.refuse();
  expect(
    events.map((event) => [event.constructor.name, event instanceof Event, event.bubbles, event.cancelable]),
  ).toEqual(
    ["Event", "MessageEvent", "CloseEvent", "Event", "CloseEvent"].map((name) => [name, true, false, false]),
  );
  expect(facts).toEqual([p.socket, "hi", "ws://peer.test", ""]);
  expect(events.every(({ target }) => target === p.socket)).toBe(true);
  expect(events[2]).toMatchObject({ code: 4000, reason: "bye", wasClean: true });
});

test("constants are on the class, its prototype and every instance, and cannot be changed", () => {
  const { socket } = play();
  for (const [value, name] of (["CONNECTING", "OPEN", "CLOSING", "CLOSED"] as const).entries()) {
    for (const owner of [
      ReconnectingWebSocket,
      ReconnectingWebSocket.prototype,
      ReconnectingWebSocket.with({}),
      socket,
    ]) {
      expect(owner[name]).toBe(value);
      expect(Reflect.set(owner, name, 9)).toBe(false);
    }
    const expected = { value, enumerable: true, writable: false, configurable: false };
    expect(Object.getOwnPropertyDescriptor(ReconnectingWebSocket, name)).toEqual(expected);
    expect(Object.getOwnPropertyDescriptor(ReconnectingWebSocket.prototype, name)).toEqual(expected);
  }
});
