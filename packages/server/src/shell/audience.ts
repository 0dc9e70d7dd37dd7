import { type Entries, ownEntry, say, toWire } from "@holdfast/core/exchange";
import { nobody, type Outgoing } from "@holdfast/core/session";
import type { HostedSession } from "./hosted-session.ts";

/** Sessions by room. */
export class Rooms {
  readonly #members: Map<string, Set<HostedSession>> = new Map();

  join(room: string, session: HostedSession): void {
    const members = this.#members.get(room) ?? new Set();
    this.#members.set(room, members.add(session));
  }

  leave(room: string, session: HostedSession): void {
    const members = this.#members.get(room);
    members?.delete(session);
    if (!members?.size) this.#members.delete(room);
  }

  in(room: string): Iterable<HostedSession> {
    return this.#members.get(room) ?? [];
  }
}

/** What an audience needs of its server. */
interface AudienceHost {
  readonly entries: Entries;
  readonly rooms: Rooms;
  /** It was told to nobody. */
  failed(name: string, error: unknown): void;
}

/** Somewhere to say something to more than one. */
export class RoomAudience {
  readonly #host: AudienceHost;
  readonly #members: readonly (() => Iterable<HostedSession>)[];
  /** Ids. */
  readonly #except: readonly string[];

  constructor(
    host: AudienceHost,
    members: readonly (() => Iterable<HostedSession>)[],
    except: readonly string[] = [],
  ) {
    this.#host = host;
    this.#members = members;
    this.#except = except;
  }

  to(room: string): RoomAudience {
    return new RoomAudience(this.#host, [...this.#members, () => this.#host.rooms.in(room)], this.#except);
  }

  except({ id }: { readonly id: string }): RoomAudience {
    return new RoomAudience(this.#host, this.#members, [...this.#except, id]);
  }

  /** Nobody has to wait for it. */
  emit(name: string, payload: unknown): Promise<void> {
    const told = this.#emit(name, payload);
    told.catch((error: unknown) => this.#host.failed(name, error));
    return told;
  }

  // Asynchronous for those that tell other servers.
  async #emit(name: string, payload: unknown): Promise<void> {
    const entry = ownEntry(this.#host.entries, name, "event");
    const said = say(["event", name, toWire(entry.payload, payload, name)], name);
    // One text for all of them.
    const record: Outgoing = { ...said, ticket: nobody, kind: "event", idempotent: false };
    const told = new Set(this.#except);
    const full: HostedSession[] = [];
    for (const members of this.#members) {
      for (const session of members()) {
        if (told.has(session.id)) continue;
        told.add(session.id);
        if (entry.delivery === "volatile") session.volatile(said);
        else if (!session.tell(record)) full.push(session);
      }
    }
    // Behind it: whoever hears of it may say something to the others.
    for (const session of full) session.overflow();
  }
}
