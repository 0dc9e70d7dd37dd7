import type { WireRecord } from "./shapes.ts";

/** What an application is asked or told, and what the asker says of it later: for who answers. */
export type Asked = WireRecord & readonly ["event" | "call" | "open" | "credit" | "cancel", ...unknown[]];

/** What is answered: for who asked. */
export type Answered = WireRecord & readonly ["result" | "error" | "item" | "end" | "gap", ...unknown[]];

const answers: ReadonlySet<string> = new Set(["result", "error", "item", "end", "gap"]);

/** Whether nothing is answered after it. */
export function isLast(kind: Answered[0]): boolean {
  return kind !== "item" && kind !== "gap";
}

/** Whom a record that was handed over is for. */
export function isAnswer(record: WireRecord): record is Answered {
  return answers.has(record[0]);
}
