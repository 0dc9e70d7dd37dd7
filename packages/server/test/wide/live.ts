import { disturb } from "../whole/disturb.ts";
import { pageActs, processActs } from "./act.ts";
import { Door } from "./door.ts";
import { sessionIn } from "./line.ts";
import { end, settle } from "./settle.ts";
import { Tab } from "./tab.ts";
import { createWorld, type Lived, mostTabs, type World } from "./world.ts";

const steps = 60;

/** Pages in tabs and one server after the other, as users and operators treat them, over bad networks: everything from one seed. */
export async function liveWidely(seed: number): Promise<Lived> {
  const world = createWorld(seed);
  const { random, ledger, lived } = world;
  const door = new Door(world);
  const tabs = Array.from({ length: random.integer(2, 4) }, () => new Tab(world, door));
  for (let step = 0; step < steps && !ledger.complaints.length; step++) await pass(world, door, tabs);
  world.isCalm = true;
  if (!ledger.complaints.length) await settle(world, door, tabs);
  if (!ledger.complaints.length) await end(world, door, tabs);
  if (ledger.complaints.length) throw new Error(ledger.complaints.slice(0, 5).join("; "));
  return { ...lived, said: ledger.said.length, heard: ledger.heard.length, carried: ledger.carried };
}

/** A little time, in which everybody does something. */
async function pass(world: World, door: Door, tabs: Tab[]): Promise<void> {
  const { random, clock } = world;
  for (const { page } of tabs) {
    for (let left = random.integer(0, 4); page && left > 0; left--) pageActs(world, page);
    if (page?.client.state.phase === "ended" && random.next() < 0.3) page.client.reconnect();
  }
  const { process } = door;
  if (process?.isOpen) {
    for (let left = random.integer(0, 5); left > 0; left--) {
      const sessions = [...process.server.sessions];
      if (sessions.length) processActs(world, process, random.pick(sessions));
    }
  }
  for (const tab of tabs) {
    disturb(random, tab.network, tab.page?.client);
    if (random.next() < 0.02) tab.network.latencyMs = random.integer(0, 60);
    if (random.next() < 0.01) tab.page?.adapter.notice(random.pick(["online", "offline", "awake", "asleep"]));
    if (random.next() < 0.06) await tab.disturb();
    if (random.next() < 0.008) changeWho(world, tab);
  }
  if (tabs.length < mostTabs && random.next() < 0.01) duplicate(world, door, tabs);
  await door.disturb();
  if (random.next() < 0.004) clock.stall(random.integer(1, 4_000));
  await clock.advanceAsync(random.integer(1, 120));
  for (const tab of tabs) tab.page?.own.check();
}

/** Somebody else signs in, and the link may not know yet. */
function changeWho({ random }: World, tab: Tab): void {
  tab.who = tab.who === "ada" ? "bob" : "ada";
  if (random.next() < 0.5) tab.page?.client.reconnect();
}

/** A tab with what is kept for the next page of this one: nothing, while a page goes on with it. */
function duplicate(world: World, door: Door, tabs: Tab[]): void {
  const original = world.random.pick(tabs);
  const { page, desk } = original;
  if (!page || page.isOver) return;
  // What another page has left is anybody's to go on with, and both would.
  if (desk.text !== null && sessionIn(desk.text) !== page.client.session.id) return;
  world.lived.duplicated++;
  const tab = new Tab(world, door, desk.text);
  tab.who = original.who;
  tabs.push(tab);
}
