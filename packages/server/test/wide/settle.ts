import type { Door } from "./door.ts";
import { sessionIn } from "./line.ts";
import type { Page } from "./page.ts";
import type { Process } from "./process.ts";
import type { Tab } from "./tab.ts";
import type { World } from "./world.ts";

/** Everything heals: every promise settles, everybody is there, and nothing is missing. */
export async function settle(world: World, door: Door, tabs: readonly Tab[]): Promise<void> {
  const { clock, ledger } = world;
  for (const tab of tabs) {
    tab.network.heal();
    tab.settle();
  }
  const pages = tabs.map(({ page }) => page as Page);
  const open = (): readonly string[] =>
    [...pages, ...door.processes].flatMap(({ lifetime, claims }) => (lifetime.isOver ? [] : claims.open));
  // Whoever was refused while things were bad tries again.
  const isUp = (): boolean => pages.every(({ client }) => client.state.name === "OPEN");
  for (let seconds = 0; seconds < 300 && (seconds < 15 || open().length || !isUp()); seconds++) {
    if (!door.process?.isOpen) door.process = door.start();
    for (const { client } of pages) if (client.state.phase === "ended") client.reconnect();
    await clock.advanceAsync(1_000);
  }
  if (open().length) ledger.complain(`${open().slice(0, 5).join()} never settled`);
  for (const { name, client, own } of pages) {
    const session = ledger.sessions.get(client.session.id ?? "");
    const { phase } = client.state;
    if (phase !== "open" || session?.phase !== "attached")
      ledger.complain(`${name} is ${phase}, ${session?.phase}`);
    if (client.bufferedBytes) ledger.complain(`${name} holds ${client.bufferedBytes} bytes`);
    for (const ticket of own.line.left) ledger.complain(`${ticket}, which was left to ${name}, vanished`);
  }
  // Whoever asked has an answer: nobody brings anything any more, but to those that may still come back.
  const awaits = ({ server }: Process): boolean =>
    [...server.sessions].some(({ phase }) => phase === "parked");
  for (const { name, lifetime, app } of [...pages, ...door.processes.filter((one) => !awaits(one))]) {
    if (!lifetime.isOver && app.bringing) ledger.complain(`${name} brings ${app.bringing} streams`);
  }
  const all = [...world.claims];
  ledger.settle((ticket) => all.some((claims) => claims.fateOf(ticket) === "had"));
  for (const claims of all) claims.settle([...ledger.said, ...ledger.heard]);
}

/** Everybody goes, and nothing is left. */
export async function end({ clock, ledger }: World, door: Door, tabs: readonly Tab[]): Promise<void> {
  const pages = tabs.map(({ page }) => page as Page);
  const ids = new Set(pages.map(({ client }) => client.session.id));
  for (const page of pages) page.close();
  await clock.advanceAsync(10_000);
  for (const { name, claims, lifetime, adapter } of pages) {
    if (claims.open.length) ledger.complain(`${name}: ${claims.open.join()} never settled`);
    if (lifetime.pending || adapter.watched) ledger.complain(`${name} waits for something`);
  }
  // What another page has left stays there for the next one.
  for (const { desk } of tabs) {
    if (desk.text !== null && ids.has(sessionIn(desk.text)))
      ledger.complain("something is left, though closed");
  }
  await clock.advanceAsync(130_000);
  for (const { server, lifetime } of door.processes) {
    if (!lifetime.isOver && [...server.sessions].length) ledger.complain("a session is left");
  }
  door.process?.close();
  await clock.advanceAsync(1_000);
  for (const { name, claims, lifetime, app } of door.processes) {
    if (lifetime.isOver) continue;
    if (claims.open.length) ledger.complain(`${name}: ${claims.open.join()} never settled`);
    if (lifetime.pending) ledger.complain(`${name} has ${lifetime.pending} timers armed`);
    if (app.bringing) ledger.complain(`${name} still brings ${app.bringing} streams`);
  }
  if (clock.pending) ledger.complain(`${clock.pending} timers are armed`);
}
