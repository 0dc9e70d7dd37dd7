import { expect, test } from "vitest";
import { tellPlain } from "../src/page/laboratory/tell-plain.ts";
import { Unanswered } from "../src/page/laboratory/unanswered.ts";
import { range } from "../src/shared/numbers.ts";
import { type Row, row } from "../src/shared/row.ts";

const of = (sent: number, received: number): Row =>
  row(sent, { received: range(1, received), doubled: 0, reordered: 0 }, range(1, received), []);

test("traffic that is answered a little late is never without an answer for long", () => {
  const unanswered = new Unanswered();
  for (let n = 1; n <= 100; n++) {
    unanswered.look(of(n + 3, n), n * 100);
    expect([unanswered.count, unanswered.isLong(n * 100 + 99)]).toEqual([3, false]);
  }
});

test("what stays without an answer for more than two seconds is told, from the first one on", () => {
  const unanswered = new Unanswered();
  unanswered.look(of(20, 20), 60_000);
  unanswered.look(of(21, 20), 90_000);
  unanswered.look(of(40, 20), 92_000);
  expect(unanswered.isLong(92_000)).toBe(false);
  unanswered.look(of(220, 20), 92_001);
  expect([unanswered.count, unanswered.isLong(92_001)]).toEqual([200, true]);
  unanswered.look(of(220, 220), 92_100);
  expect([unanswered.count, unanswered.isLong(99_000)]).toEqual([0, false]);
});

test("a socket without a session is not called whole while nobody knows", () => {
  const told = { lost: 0, unanswered: 0, isLong: false, isOpen: true };
  expect(tellPlain(told)).toBe("Nothing is lost so far.");
  expect(tellPlain({ ...told, unanswered: 3 })).toBe("Nothing is lost so far; 3 have no answer yet.");
  expect(tellPlain({ ...told, unanswered: 200, isLong: true })).toBe(
    "200 have no answer: on their way or gone, and this socket cannot tell. It believes its link is open.",
  );
  expect(tellPlain({ lost: 7, unanswered: 1, isLong: true, isOpen: false })).toBe(
    "7 are gone, and nobody was told. 1 has no answer: on their way or gone, and this socket cannot tell. It has no link, as far as it knows.",
  );
});
