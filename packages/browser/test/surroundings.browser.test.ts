import type { Hint } from "@holdfast/core";
import { afterEach, expect, test } from "vitest";
import { pageSurroundings } from "../src/surroundings.ts";

afterEach(() => {
  Reflect.deleteProperty(document, "visibilityState");
});

function showPage(visibilityState: DocumentVisibilityState): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: visibilityState });
  document.dispatchEvent(new Event("visibilitychange"));
}

function happenAll(): void {
  dispatchEvent(new Event("offline"));
  dispatchEvent(new Event("online"));
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  showPage("hidden");
  showPage("visible");
  document.dispatchEvent(new Event("freeze"));
  document.dispatchEvent(new Event("resume"));
}

test("network and page are told as hints, and nothing after the undo", () => {
  const hints: Hint[] = [];
  const undo = pageSurroundings().watch((hint) => hints.push(hint));
  expect(hints).toEqual([]);
  happenAll();
  const all = ["offline", "online", "asleep", "awake", "awake", "asleep", "awake"];
  expect(hints).toEqual(all);
  undo();
  undo();
  happenAll();
  expect(hints).toEqual(all);
});

test("watchers do not know of each other", () => {
  const surroundings = pageSurroundings();
  const [left, right]: [Hint[], Hint[]] = [[], []];
  const undoLeft = surroundings.watch((hint) => left.push(hint));
  const undoRight = surroundings.watch((hint) => right.push(hint));
  undoLeft();
  dispatchEvent(new Event("online"));
  undoRight();
  expect([left, right]).toEqual([[], ["online"]]);
});

test("in a worker there is only the network", async () => {
  const worker = new Worker(new URL("./surroundings-worker.ts", import.meta.url), { type: "module" });
  const hints = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  worker.terminate();
  expect(hints).toEqual(["offline", "online"]);
});
