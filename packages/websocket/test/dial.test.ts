import { virtualClock } from "@holdfast/testing";
import { expect, test } from "vitest";
import { dial } from "../src/dial.ts";
import { FakeSocket } from "./fake-socket.ts";

/** A dial, and what its listener is told. */
function dialled(timeoutMs = 1_000) {
  const clock = virtualClock();
  const told: unknown[] = [];
  const socket = new FakeSocket("ws://peer.test/");
  const link = dial(
    { url: "ws://peer.test/", protocols: [] },
    {
      opened: () => told.push("opened"),
      heard() {},
      message() {},
      closed: ({ code, wasClean, error }) =>
        told.push([code, wasClean, error instanceof Error ? error.message : error]),
    },
    {
      WebSocket: function () {
        return socket;
      } as unknown as new (url: string) => FakeSocket,
      clock,
      timeoutMs,
      take() {},
      hear: ({ data }) => told.push(data),
    },
  );
  return { clock, told, socket, link };
}

test("a socket that tells of an error and of no end has ended", () => {
  const { clock, told, socket } = dialled();
  socket.onerror?.({ message: "refused" } as never);
  expect(told).toEqual([]);
  clock.advance(0);
  expect(told).toEqual([[1006, false, { message: "refused" }]]);
  expect([socket.isTerminated, clock.pending]).toEqual([true, 0]);
});

test("an end is told once, with the error before it, whatever else comes", () => {
  const { clock, told, socket } = dialled();
  socket.onerror?.({ message: "refused" } as never);
  socket.onclose?.({ code: 1006, reason: "", wasClean: false } as never);
  clock.advance(60_000);
  expect(told).toEqual([[1006, false, { message: "refused" }]]);
});

test.each([{ code: 0, wasClean: true }, {}])("an end without a close frame, told as %j, is 1006", (how) => {
  const { told, socket } = dialled();
  socket.open();
  socket.onclose?.(how as never);
  expect(told).toEqual(["opened", [1006, false, undefined]]);
});

test("an attempt has its time, and an open socket all of it", () => {
  const late = dialled();
  late.clock.advance(1_000);
  expect(late.told).toEqual([[1006, false, "TIMEOUT"]]);
  const open = dialled();
  open.socket.open();
  open.clock.advance(60_000);
  expect([open.told, open.clock.pending]).toEqual([["opened"], 0]);
});

test("what was let go is heard no more, whatever it says", () => {
  const { clock, told, socket, link } = dialled();
  socket.open();
  link.terminate();
  socket.receive("ghost");
  socket.end();
  clock.advance(60_000);
  expect([told, socket.isTerminated]).toEqual([["opened"], true]);
});
