import type { Stream } from "../contract/entry.ts";
import type { Duty } from "./duty.ts";
import { say, toWire } from "./speech.ts";

/** Brings what a handler yields, item by item, no faster than they are asked for. */
export async function bring(
  duty: Duty,
  name: string,
  { item }: Stream,
  source: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<void> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const { id } = duty;
  let isOver = false;
  // One that waits for news must hear that nobody wants them.
  const leave = async (): Promise<void> => void (isOver || (await iterator.return?.()));
  const quit = (): void => void leave().catch(() => {});
  duty.signal.addEventListener("abort", quit, { once: true });
  try {
    for (;;) {
      await duty.room();
      if (duty.isAborted) break;
      const next = await iterator.next();
      isOver = next.done === true;
      if (isOver) break;
      duty.say(["item", id, toWire(item, next.value, name)], name);
    }
  } finally {
    duty.signal.removeEventListener("abort", quit);
    await leave();
  }
  duty.settle(say(["end", id], name));
}
