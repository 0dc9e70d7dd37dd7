import type { Audience, Session } from "../../src/options.ts";
import { clientActs, pickWeighted, serverActs } from "../whole/act.ts";
import type { K } from "../whole/app.ts";
import type { Page } from "./page.ts";
import type { Process } from "./process.ts";
import { Thrown, type World } from "./world.ts";

const rooms = ["red", "blue"];
const patient = { timeoutMs: 600_000 };
/** How a call may fail whose session may be lost. */
const mayBeLost = ["OUTBOX_FULL", "BUSY", "SESSION_LOST", "CLOSED"];

/** A page does something. */
export function pageActs(world: World, { client, claims, lifetime, own }: Page): void {
  const { random, ledger } = world;
  const ticket = ledger.says(own.line, client.session.id);
  const acting = { ticket, random, clock: lifetime, claims };
  const room = random.pick(rooms);
  const timeoutMs = random.integer(1, 500);
  pickWeighted<() => unknown>(random, [
    ...clientActs(acting, client, ledger),
    [6, () => claims.event(ticket, "shout", client.emit("shout", ticket), ledger.said)],
    [4, () => claims.call("wave", client.emit("wave", ticket), undefined, ["CLOSED"])],
    [3, () => claims.call("enter", client.call("enter", room, patient), undefined, mayBeLost)],
    [2, () => claims.call("leave", client.call("leave", room, patient), undefined, mayBeLost)],
    [2, () => claims.call("drained", client.drained({ timeoutMs }), undefined, ["TIMEOUT", "CLOSED"])],
  ])();
}

/** A page hears something, and in the middle of it does something, mostly nothing. */
export function pageActsInside(world: World, page: Page): void {
  const { random, isCalm } = world;
  if (isCalm || !page.lifetime.isLive || random.next() > 0.08) return;
  pickWeighted<() => unknown>(random, [
    [80, () => pageActs(world, page)],
    [10, () => page.client.reconnect()],
    [3, () => page.close()],
    [7, () => fail()],
  ])();
}

/** A server does something for a session. */
export function processActs(world: World, { server, claims, lifetime }: Process, one: Session<K>): void {
  const { random, ledger } = world;
  const room = random.pick(rooms);
  const say = (): void => {
    const ticket = ledger.tells([one], "one");
    const acting = { ticket, random, clock: lifetime, claims };
    pickWeighted(random, serverActs(acting, one, ledger.heard))();
  };
  const blink = (): void => {
    const told = one.emit("blink", ledger.tells([one], "volatile"));
    claims.call("blink", told, undefined, ["CLOSED", "SESSION_LOST"]);
  };
  pickWeighted<() => unknown>(random, [
    [50, say],
    [5, blink],
    [20, () => broadcast(world, { server, claims })],
    [3, () => one.join(room)],
    [3, () => one.leave(room)],
    [0.5, () => one.close(random.pick([1000, 4003]))],
  ])();
}

/** A handler runs, and in the middle of it something is done. */
export function processActsInside(world: World, process: Process, name: string, one: Session<K>): void {
  const { random, isCalm } = world;
  // Whoever shouts does not hear it.
  if (name === "shout") broadcast(world, process, one);
  if (isCalm || random.next() > 0.1) return;
  // What a call's handler throws is its answer, which is claimed elsewhere.
  if (name === "say" && random.next() < 0.2) fail();
  processActs(world, process, one);
}

/** Somebody came, went or is over, and whoever hears of it does something. */
export function processActsUpon(world: World, process: Process, one: Session<K>): void {
  const { random, isCalm } = world;
  if (isCalm || random.next() > 0.15) return;
  if (random.next() < 0.1) fail();
  processActs(world, process, one);
}

/** Says something to more than one. Who is meant is counted by hand. */
function broadcast(
  world: World,
  { server, claims }: Pick<Process, "server" | "claims">,
  except?: Session<K>,
): void {
  const { random, ledger, lived } = world;
  const all = [...server.sessions];
  const room = random.pick(rooms);
  const who = random.pick(["ada", "bob"]);
  type Telling = readonly [Pick<Audience<K>, "emit" | "except">, (session: Session<K>) => boolean];
  const [audience, isIn] = random.pick<Telling>([
    [server, () => true],
    [server.to(room), (session) => session.rooms.has(room)],
    [server.to("red").to("blue"), ({ rooms }) => rooms.has("red") || rooms.has("blue")],
    [server.toIdentity(who), ({ identity }) => identity.id === who],
  ]);
  const members = all.filter((session) => isIn(session) && session !== except);
  const meant = except ? audience.except(except) : audience;
  const isVolatile = random.next() < 0.1;
  const ticket = ledger.tells(members, isVolatile ? "volatile" : "all");
  lived.broadcasts++;
  claims.call("broadcast", meant.emit(isVolatile ? "blink" : "news", ticket), undefined, []);
}

function fail(): never {
  throw new Thrown("on purpose");
}
