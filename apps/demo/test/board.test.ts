import { expect, test } from "vitest";
import { Board } from "../src/server/board.ts";

const never = new AbortController().signal;

test("who was away reads on where they stopped", async () => {
  const board = new Board();
  board.post("one");
  const reading = board.follow(undefined, { gap: () => {}, signal: never });
  const first = reading.next();
  board.post("two");
  const { value } = await first;
  expect(value).toMatchObject({ text: "two" });
  for (const text of ["three", "four"]) board.post(text);
  const later = board.follow(value?.id, { gap: () => expect.unreachable(), signal: never });
  expect(await later.next()).toMatchObject({ value: { text: "three" } });
  expect(await later.next()).toMatchObject({ value: { text: "four" } });
});

test("who was away for too long is told that news are missing", async () => {
  const board = new Board();
  let gaps = 0;
  for (let n = 1; n <= 150; n++) board.post(`number ${n}`);
  const reading = board.follow(0, { gap: () => gaps++, signal: never });
  expect(await reading.next()).toMatchObject({ value: { text: "number 51" } });
  expect(gaps).toBe(1);
});

test("who leaves while there are no news is let go", async () => {
  const controller = new AbortController();
  const reading = new Board().follow(undefined, { gap: () => {}, signal: controller.signal });
  const next = reading.next();
  controller.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
