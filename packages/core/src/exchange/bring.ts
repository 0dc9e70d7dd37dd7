import type { Stream } from "../contract/entry.ts";
import type { Duty } from "./duty.ts";
import { toWire } from "./speech.ts";

/** Brings what a handler yields, item by item, no faster than they are asked for. */
export async function bring(
  duty: Duty,
  name: string,
  { item }: Stream,
  source: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<void> {
  const iterator =
    (source as AsyncIterable<unknown>)[Symbol.asyncIterator]?.() ??
    (source as Iterable<unknown>)[Symbol.iterator]();
  const { id } = duty;
  let isOver = false;
  /** What `return()` gave: asked for once, whoever waits for it. */
  let left: PromiseLike<unknown> | IteratorResult<unknown> | undefined;
  // One that waits for news must hear that nobody wants them.
  const leave = async (): Promise<void> => void (isOver || (await (left ??= iterator.return?.())));
  duty.signal.addEventListener("abort", () => void leave().catch(() => {}));
  try {
    for (;;) {
      for (let room; (room = duty.room());) await room;
      if (duty.isAborted) break;
      // Who does not make us wait fills frames.
      const step = iterator.next();
      const next = "then" in step ? await step : step;
      isOver = !!next.done;
      if (isOver) break;
      duty.say(["item", id, toWire(item, next.value, name)]);
    }
  } finally {
    await leave();
  }
  duty.say(["end", id]);
}
