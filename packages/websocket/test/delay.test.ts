import { expect, test } from "vitest";
import { reconnectionDelayMs } from "../src/reconnection-delay.ts";
import { play } from "./play.ts";

const rolls = [0, 0.25, 0.5, 0.75, 1 - 2 ** -53];
const window = (options: object, retry: number): number[] =>
  rolls.map((roll) => Math.round(reconnectionDelayMs(options, retry, roll)));

test("by default the first retry is anywhere from 1 to 5 seconds, the later ones up to 10", () => {
  expect(window({}, 1)).toEqual([1000, 2000, 3000, 4000, 5000]);
  expect(window({}, 2)).toEqual([1000, 2375, 3750, 5125, 6500]);
  expect(window({}, 20)).toEqual([1000, 3250, 5500, 7750, 10_000]);
});

test("no wait is shorter than minReconnectionDelay nor longer than maxReconnectionDelay", () => {
  expect(
    window({ minReconnectionDelay: 100, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 2 }, 1),
  ).toEqual([100, 125, 150, 175, 200]);
  expect(
    window({ minReconnectionDelay: 100, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 2 }, 9),
  ).toEqual([100, 325, 550, 775, 1000]);
  expect(window({ minReconnectionDelay: 500, maxReconnectionDelay: 500 }, 3)).toEqual([
    500, 500, 500, 500, 500,
  ]);
  expect(window({ minReconnectionDelay: 900, maxReconnectionDelay: 500 }, 1)).toEqual([
    500, 500, 500, 500, 500,
  ]);
});

test("a herd that is dropped at once spreads from the first retry on", () => {
  const waits = Array.from({ length: 200 }, (_, seed) => {
    const p = play({ seed, minReconnectionDelay: 3_000 });
    p.last.open();
    p.last.end();
    while (p.links.length < 2) p.clock.advance(10);
    return p.clock.now();
  });
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_000);
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(2_500);
});

test("every wait is drawn anew", () => {
  const p = play();
  const waits = Array.from({ length: 10 }, () => {
    const before = p.clock.now();
    const links = p.links.length;
    p.last.refuse();
    while (p.links.length === links) p.clock.advance(1);
    return p.clock.now() - before;
  });
  expect(new Set(waits).size).toBeGreaterThan(8);
});

test("maxRetries counts retries in a row, and minUptime ends a row", () => {
  const p = play({ maxRetries: 2, minUptime: 5_000 });
  const lose = (afterMs: number): void => {
    p.last.open();
    p.clock.advance(afterMs);
    p.last.end();
    p.clock.advance(10_000);
  };
  lose(4_999);
  lose(4_999);
  expect([p.links.length, p.socket.retryCount]).toEqual([3, 2]);
  p.last.open();
  p.clock.advance(5_000);
  expect(p.socket.retryCount).toBe(0);
  p.last.end();
  expect(p.socket.retryCount).toBe(1);
  p.clock.advance(10_000);
  lose(10);
  lose(10);
  expect([p.links.length, p.socket.readyState]).toEqual([5, 3]);
});

test("with maxRetries 0 the loss of a stable connection is the end as well", () => {
  const p = play({ maxRetries: 0 });
  p.last.open();
  p.clock.advance(60_000);
  p.last.end();
  expect([p.socket.readyState, p.clock.pending]).toEqual([3, 0]);
});
