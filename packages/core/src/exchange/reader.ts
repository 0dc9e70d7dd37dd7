import { check } from "../common/check.ts";
import type { Undo } from "../common/emitter.ts";
import { createFeed } from "../common/feed.ts";
import { heed } from "../common/heed.ts";
import type { Stream } from "../contract/entry.ts";
import { isCursor, isWhole } from "../protocol/decode.ts";
import type { Ticket } from "../session/outbox.ts";
import type { Pending, Remade } from "./pending.ts";
import { fromWire, say, toWire } from "./speech.ts";

/** How a stream is read. */
export interface ReaderOptions {
  /** Aborting ends it, and tells the other end. */
  readonly signal?: AbortSignal | undefined;
  /** Items that may be on their way or unread: a slow reader slows the producer. @defaultValue 32 */
  readonly credit?: number | undefined;
  /** The session was lost, and the stream goes on in a new one from its cursor. */
  readonly onReopen?: (() => void) | undefined;
  /** History did not reach back to the cursor: items are missing before the next one. */
  readonly onGap?: (() => void) | undefined;
}

/** What a reader needs of who asks for it. */
interface ReaderHost {
  /** @throws HoldfastError when it cannot be asked now */
  open(record: (id: Ticket) => Remade, pending: Pending): Ticket;
  /** Nobody reads any more. */
  close(id: Ticket): void;
  credit(id: Ticket, items: number): void;
}

/** A stream of the other end's, read at leisure; asked for with the first `next()`. */
export function createReader(
  name: string,
  entry: Stream,
  input: unknown,
  { signal, credit = 32, onReopen, onGap }: ReaderOptions,
  host: ReaderHost,
): AsyncIterableIterator<unknown> {
  const wire = toWire(entry.input, input, name);
  check("credit", credit, isWhole(credit) && credit > 0, "whole, from 1");
  let id: Ticket | undefined;
  let since: string | number | undefined;
  let unread = 0;
  /** Read, and not yet granted anew. */
  let owed = 0;

  let unheed: Undo | undefined;
  const ended = (): void => {
    unheed?.();
    if (id !== undefined) host.close(id);
  };
  const feed = createFeed<unknown>(ended, {
    began() {
      unheed = heed(signal, () => feed.end(signal?.reason));
      if (signal?.aborted) return;
      try {
        id = host.open((ticket) => record(ticket, credit), pending);
      } catch (error) {
        feed.end(error);
      }
    },
    taken() {
      unread--;
      if (++owed * 2 < credit) return;
      // What arrived was asked for.
      host.credit(id as Ticket, owed);
      owed = 0;
    },
  });

  const record = (ticket: Ticket, items: number): Remade => ({
    ...say(["open", ticket, name, { credit: items, since }, wire], name),
    credit: items,
  });

  const pending: Pending = {
    name,
    entry,
    waiter: { resolve: () => feed.end(), reject: feed.end },
    take([kind, , wireItem]) {
      if (kind === "end") return feed.end();
      try {
        if (kind === "gap") return onGap?.();
        const item = fromWire(entry.item, wireItem, name);
        since = entry.cursor ? soundCursor(name, entry.cursor(item)) : since;
        unread++;
        feed.push(item);
      } catch (error) {
        feed.end(error);
      }
    },
    reopen(mayBeThere) {
      // Without a cursor nobody knows what came and what did not.
      if (mayBeThere && !entry.cursor) return undefined;
      // What it says goes behind what was said before, which is being sent again.
      if (mayBeThere) Promise.resolve().then(onReopen).catch(feed.end);
      owed = 0;
      return record(id as Ticket, credit - unread);
    },
  };

  return feed.iterator;
}

/** What the protocol can say of where to go on. @throws HoldfastError `CONFIG` */
function soundCursor(name: string, cursor: unknown): string | number {
  check(`the cursor of ${name}`, cursor, isCursor(cursor), "text or whole");
  return cursor as string | number;
}
