import { expect } from "vitest";
import type { Case, Input, Limits, Output, PeerLimits, Step } from "./case.ts";
import { ClientEnd } from "./client-end.ts";
import { Names } from "./names.ts";
import { ServerEnd } from "./server-end.ts";
import { Told } from "./told.ts";
import { type Played, Turn } from "./turn.ts";

const limitsByDefault: Limits = {
  window: 65_536,
  maxMessageBytes: 1_048_576,
  outboxBytes: 1_048_576,
  callsInFlight: 64,
  streams: 64,
  ackDelayMs: 0,
  dialTimeoutMs: 10_000,
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
  resumeWithinMs: 120_000,
};

const inputs: readonly string[] = [
  "wait",
  "stall",
  "open",
  "receive",
  "closed",
  "link",
  "does",
] satisfies (keyof Input)[];
const outputs: readonly string[] = [
  "writes",
  "hears",
  "settles",
  "closes",
  "lost",
  "ends",
  "aborts",
  "stops",
] satisfies (keyof Output)[];

/** Plays a case against our own end. @throws when the end does anything else than the case says */
export function play({ end, limits: own, peer, steps }: Case): void {
  const limits = { ...limitsByDefault, ...own };
  const names = new Names();
  const told = new Told(end);
  const played = end === "client" ? new ClientEnd(limits, names) : new ServerEnd(limits, names);
  let newest = 0;
  const last = steps.at(-1) ?? {};
  if (!outputs.some((key) => key in last)) throw new Error("the last step expects nothing");
  for (const [index, step] of steps.entries()) {
    const strange = Object.keys(step).filter((key) => !inputs.includes(key) && !outputs.includes(key));
    if (strange.length) throw new Error(`step ${index + 1}: nobody knows ${strange.join()}`);
    newest = step.open ?? newest;
    const link = step.link ?? newest;
    const turn = new Turn(link);
    played.begin(turn);
    const received = step.receive && names.fill(complete(step.receive, { ...limitsByDefault, ...peer }));
    told.heard(link, received);
    run(played, step, link, received);
    compare(`step ${index + 1}`, step, turn, names, told, link, limits);
  }
}

function run(played: Played, step: Step, link: number, received: Step["receive"]): void {
  if (step.wait !== undefined) played.pass(step.wait, "awake");
  if (step.stall !== undefined) played.pass(step.stall, "stalled");
  if (step.open !== undefined) played.open(step.open);
  if (received !== undefined)
    played.receive(link, typeof received === "string" ? received : JSON.stringify(received));
  if (step.closed !== undefined) played.closed(link, step.closed ?? 1_006);
  played.handOver();
  for (const action of step.does ?? []) played.does(action);
  played.handOver();
  played.finish();
}

function compare(
  at: string,
  step: Output,
  turn: Turn,
  names: Names,
  told: Told,
  link: number,
  limits: PeerLimits,
): void {
  const same = (what: keyof Output, seen: unknown, expected: unknown): void =>
    expect(seen, `${at}: ${what}`).toEqual(names.expect(expected, seen));
  const written = turn.writes.map((text) =>
    text === "ping" || text === "pong" ? text : (JSON.parse(text) as unknown),
  );
  const writes = (step.writes ?? []).map((frame) => complete(frame, limits));
  same(
    "writes",
    written.map((frame, index) => told.wrote(link, frame, writes[index])),
    writes,
  );
  same("hears", turn.hears, step.hears ?? []);
  same("settles", turn.settles, step.settles ?? {});
  same("closes", turn.closes, step.closes ?? {});
  same("lost", turn.lost, step.lost);
  const ends = Object.entries(step.ends ?? {}).map(([session, reason]) => [names.fill(session), reason]);
  same("ends", turn.ends, Object.fromEntries(ends));
  same("aborts", turn.aborts, step.aborts ?? []);
  same("stops", turn.isStopped, step.stops ?? false);
}

/** A `hello` or `welcome` says what its end bears, unless the case does. */
function complete<T>(frame: T, { window, maxMessageBytes, heartbeat, resumeWithinMs }: PeerLimits): T {
  if (!Array.isArray(frame)) return frame;
  const [name, said, ...rest] = frame as readonly unknown[];
  const terms =
    name === "hello"
      ? { version: 1, window, maxMessageBytes }
      : { window, heartbeat, resumeWithinMs, maxMessageBytes };
  const isGreeting = (name === "hello" || name === "welcome") && typeof said === "object" && said !== null;
  return isGreeting ? ([name, { ...terms, ...said }, ...rest] as T) : frame;
}
