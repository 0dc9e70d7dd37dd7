import { wait } from "../common/wait.ts";
import type { Call, Event } from "../contract/entry.ts";
import type { End } from "../engine/end.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { Aftermath } from "../session/lost.ts";
import { type Kept, nobody, type Outgoing, type Ticket } from "../session/outbox.ts";
import { Delivery } from "./delivery.ts";
import { type Answered, isLast } from "../protocol/direction.ts";
import { remoteError, sessionLost, tooLarge } from "./failures.ts";
import { type InDoubt, inDoubtOf } from "./in-doubt.ts";
import type { Pending, Remade } from "./pending.ts";
import { createReader, type ReaderOptions } from "./reader.ts";
import { type Entries, fromWire, ownEntry, type Said, say, toWire } from "./speech.ts";

/** What asking needs of the end it asks from. */
export interface AskingHost {
  readonly clock: Clock;
  /** What this end may say. */
  readonly entries: Entries;
  /** The session that is now. */
  readonly end: End;
  /** The largest record that fits our outbox and that the peer takes, in bytes. */
  maxRecordBytes(): number;
  /** Why nothing may be said now. */
  refusal(): HoldfastError | undefined;
  /** There is something to write, of so many bytes if it is a record. It can wait a moment if nobody awaits it. */
  soon(bytes?: number, canWait?: boolean): void;
  /** Writes outside of every guarantee, if it can be written now. */
  volatile(said: Said): void;
  /** An event that perhaps nobody awaits was not delivered. */
  failed(name: string, error: unknown): void;
}

/** Ends a wait. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue 30_000 */
  readonly timeoutMs?: number | undefined;
}

/** Who waits for what. The promises of one end, kept over any number of sessions. */
export interface Asking {
  emit(
    name: string,
    payload: unknown,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
  call(name: string, input: unknown, options?: CallOptions): Promise<unknown>;
  stream(name: string, input: unknown, options?: ReaderOptions): AsyncIterableIterator<unknown>;
  /** The peer has these. */
  acked(tickets: readonly Ticket[]): void;
  /** An answer arrived. */
  heard(record: Answered): void;
  /** These are larger than the peer takes, and withdrawn. */
  tooLarge(records: readonly Outgoing[]): void;
  /**
   * The session was lost: what is in doubt fails and is told. What was never had goes out in the session that is now; if there is none to
   * say it in (`isLast`), it fails as well.
   */
  lost(aftermath: Aftermath, isLast: boolean): readonly InDoubt[];
  /** It is over, and leaves that: everybody who waits is told why, and whether it is in doubt. */
  close(error: HoldfastError, kept: readonly Kept[]): void;
  /** The last ticket that was given. */
  readonly lastTicket: number;
}

/** `firstTicket`: where another page's tickets ended. */
export function createAsking(host: AskingHost, firstTicket = 0): Asking {
  const pending = new Map<Ticket, Pending>();
  let lastTicket = firstTicket;

  /** What is larger than the other end takes is refused. */
  function oversize(bytes: number): HoldfastError | undefined {
    const most = host.maxRecordBytes();
    return bytes > most ? tooLarge(bytes, most) : undefined;
  }

  /** Puts a record into the outbox for `one` to wait. @throws HoldfastError `OUTBOX_FULL`, `TOO_LARGE`, `CLOSED`, `LINK_DOWN`; nothing was taken then */
  function post(ticket: Ticket, { text, bytes, credit }: Remade, one: Pending): Ticket {
    const { kind, idempotent = false } = one.entry as Event;
    const refusal = host.refusal() ?? oversize(bytes);
    if (refusal) throw refusal;
    if (!host.end.send({ ticket, text, bytes, kind, idempotent }, credit)) {
      throw new HoldfastError("OUTBOX_FULL", `${bytes} bytes do not fit`);
    }
    pending.set(ticket, one);
    host.soon(bytes, kind === "event");
    return ticket;
  }

  /** Says an event. `nobody`: there is nothing to wait for. */
  function tell(name: string, payload: unknown, delivery: Delivery): Ticket {
    try {
      const entry: Event = ownEntry(host.entries, name, "event");
      const said = say(["event", name, toWire(entry.payload, payload, name)], name);
      if (entry.delivery !== "volatile")
        return post(++lastTicket as Ticket, said, { name, entry, waiter: delivery });
      const down = host.refusal();
      const refusal = down?.code === "CLOSED" ? down : oversize(said.bytes);
      if (refusal) throw refusal;
      host.volatile(said);
      delivery.resolve();
    } catch (error) {
      delivery.reject(error);
    }
    return nobody;
  }

  /** Given up, what was never written is taken back. */
  function untilGivenUp(delivery: Delivery, ticket: Ticket, signal: AbortSignal): Promise<void> {
    return wait(host.clock, { signal }, ({ resolve, reject }) => {
      delivery.then(resolve, reject);
      return () => giveUp(ticket);
    });
  }

  /** Nobody waits any more: what was never written is taken back. */
  function giveUp(ticket: Ticket): void {
    if (!pending.delete(ticket)) return;
    host.end.cancel(ticket);
    host.soon();
  }

  function fail(ticket: Ticket, error: HoldfastError | undefined): void {
    const one = pending.get(ticket);
    pending.delete(ticket);
    one?.waiter.reject(error);
  }

  function acked(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) {
      const one = pending.get(ticket);
      if (one?.entry.kind !== "event") continue;
      pending.delete(ticket);
      one.waiter.resolve(undefined);
    }
  }

  return {
    get lastTicket() {
      return lastTicket;
    },
    emit(name, payload, { signal } = {}) {
      const delivery = new Delivery(host, name);
      const ticket = signal?.aborted ? nobody : tell(name, payload, delivery);
      // Nobody can end the wait of most.
      return signal ? untilGivenUp(delivery, ticket, signal) : delivery;
    },
    call(name, input, { signal, timeoutMs = 30_000 } = {}) {
      return wait<unknown>(host.clock, { signal, timeoutMs }, (waiter) => {
        const entry: Call = ownEntry(host.entries, name, "call");
        const ticket = ++lastTicket as Ticket;
        const said = say(["call", ticket, name, toWire(entry.input, input, name)], name);
        post(ticket, said, { name, entry, waiter });
        return () => giveUp(ticket);
      });
    },
    stream(name, input, options = {}) {
      const entry = ownEntry(host.entries, name, "stream");
      return createReader(name, entry, input, options, {
        open(record, one) {
          const ticket = ++lastTicket as Ticket;
          return post(ticket, record(ticket), one);
        },
        close: giveUp,
        credit(ticket, items) {
          if (!pending.has(ticket)) return;
          host.end.credit(ticket, items);
          host.soon();
        },
      });
    },
    acked,
    heard(record) {
      const id = record[1] as Ticket;
      const one = pending.get(id);
      if (!one) return;
      const [kind, , what] = record;
      if (isLast(kind)) pending.delete(id);
      if (kind === "error") one.waiter.reject(remoteError(one, what));
      else if (one.take) one.take(record);
      else answer(one, what);
    },
    tooLarge(records) {
      for (const { ticket, bytes } of records) fail(ticket, oversize(bytes));
    },
    lost({ delivered, again, inDoubt }, isLast) {
      acked(delivered.map(({ record }) => record.ticket));
      const doubts = inDoubt.map(doubt);
      for (const kept of again) {
        const { record, offset } = kept;
        const one = pending.get(record.ticket);
        const said: Remade | false | undefined =
          !isLast && (one?.reopen ? one.reopen(offset !== undefined) : record);
        const refusal = said && oversize(said.bytes);
        if (said && !refusal) host.end.send({ ...record, ...said, offset }, said.credit, true);
        else if (offset !== undefined) doubts.push(doubt(kept));
        else fail(record.ticket, refusal || sessionLost(false));
      }
      return doubts;
    },
    close(error, kept) {
      for (const { record, offset } of kept) {
        fail(record.ticket, sessionLost((offset ?? record.offset) !== undefined, error));
      }
    },
  };

  /** Fails whoever waits for it, and tells what it was. */
  function doubt({ record }: Kept): InDoubt {
    fail(record.ticket, sessionLost(true));
    return inDoubtOf(record.text, host.entries);
  }
}

/** The result of a call, if it is what the contract says. */
function answer({ waiter, entry, name }: Pending, wire: unknown): void {
  try {
    waiter.resolve(fromWire((entry as Call).output, wire, name));
  } catch (error) {
    waiter.reject(error);
  }
}
