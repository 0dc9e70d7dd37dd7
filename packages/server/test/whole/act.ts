import type { Client, Clock } from "@holdfast/core";
import type { SeededRandom, TestPair } from "../../../testing/src/index.ts";
import type { Identity, Session } from "../../src/options.ts";
import type { App, K } from "./app.ts";
import { type Claims, givenUp } from "./claims.ts";

/** An answer that never comes is a failure, and not slow. */
const patient = { timeoutMs: 600_000 };
/** How what is asked may fail: refused at once, or not known to have been done. */
const refused = ["OUTBOX_FULL", "BUSY"];
const mayBeLost = [...refused, "SESSION_LOST", "CLOSED"];

/** The same of what a handler has to ask the client for. */
const mayBeStuck = [...mayBeLost, "UNANSWERED"];

/** Things to do, each as often as its weight says. */
export type Acts = readonly (readonly [weight: number, act: () => unknown])[];

/** What one does with one ticket, and claims of it. */
export interface Acting {
  readonly ticket: number;
  readonly random: SeededRandom;
  readonly clock: Clock;
  readonly claims: Claims;
}

/** Does one of the things that users do, and claims what they may expect of it. `heard` is what the client was told. */
export function act(
  ticket: number,
  random: SeededRandom,
  claims: Claims,
  { client, server, clock }: TestPair<K, Identity>,
  app: App,
  heard: readonly number[],
): void {
  const acting = { ticket, random, clock, claims };
  const sessions = [...server.sessions];
  // An older one may still wait for its client, and be lost.
  const one = sessions.length ? random.pick(sessions) : undefined;
  const ofServer = one ? serverActs(acting, one, heard) : [];
  pickWeighted(random, [...clientActs(acting, client, app), ...ofServer])();
}

/** What clients do. */
export function clientActs(
  { ticket, random, clock, claims }: Acting,
  client: Client<K>,
  { said, set }: Pick<App, "said" | "set">,
): Acts {
  const [to, credit, length] = [random.integer(0, 100), random.integer(1, 40), random.integer(10, 9_000)];
  const pause = pauses(random, clock);

  function giveUpSoon(): AbortSignal {
    const controller = new AbortController();
    clock.schedule(random.integer(0, 300), () => controller.abort(givenUp));
    return controller.signal;
  }

  async function isSet(): Promise<boolean> {
    await client.emit("set", ticket);
    return set.includes(ticket);
  }

  async function fill(): Promise<number> {
    const how = random.next() < 0.3 ? { timeoutMs: random.integer(1, 200) } : patient;
    return (await client.call("fill", length, how)).length;
  }

  return [
    [30, () => claims.event(ticket, "say", client.emit("say", ticket), said)],
    [10, () => claims.event(ticket, "ponder", client.emit("ponder", ticket), said)],
    [5, () => claims.event(ticket, "letter", client.emit("letter", letter(ticket, length)), said)],
    [5, () => claims.event(ticket, "say", client.emit("say", ticket, { signal: giveUpSoon() }), said)],
    // What is idempotent goes again: it is never in doubt.
    [5, () => claims.call("set", isSet(), true, refused)],
    [5, () => claims.call("put", client.call("put", ticket, patient), ticket, refused)],
    [12, () => claims.call("double", client.call("double", ticket, patient), 2 * ticket, mayBeLost)],
    [6, () => claims.call("relay", client.call("relay", ticket, patient), ticket + 1, mayBeStuck)],
    [6, () => claims.call("fill", fill(), length, [...mayBeLost, "TIMEOUT", "TOO_LARGE"])],
    [6, () => claims.stream("count", client.stream("count", to, { credit }), to, refused, pause)],
    [2, () => claims.stream("recite", client.stream("recite", to, { credit }), to, mayBeLost, pause)],
  ];
}

/** What a server does with one session. */
export function serverActs(
  { ticket, random, clock, claims }: Acting,
  one: Session<K>,
  heard: readonly number[],
): Acts {
  const [to, credit, length] = [random.integer(0, 100), random.integer(1, 40), random.integer(10, 9_000)];
  const pause = pauses(random, clock);
  return [
    [13, () => claims.event(ticket, "news", one.emit("news", ticket), heard)],
    [2, () => claims.event(ticket, "letter", one.emit("letter", letter(ticket, length)), heard)],
    [4, () => claims.call("next", one.call("next", ticket, patient), ticket + 1, mayBeLost)],
    [3, () => claims.stream("log", one.stream("log", to, { credit }), to, mayBeLost, pause)],
  ];
}

/** One of them, each as often as its weight says. */
export function pickWeighted<T>(
  random: SeededRandom,
  weighted: readonly (readonly [weight: number, item: T])[],
): T {
  const total = weighted.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [weight, item] of weighted) {
    left -= weight;
    if (left < 0) return item;
  }
  throw new Error("nothing to pick from");
}

/** A quarter as long as a `fill`: it fits most outboxes. */
function letter(ticket: number, length: number): { readonly ticket: number; readonly text: string } {
  return { ticket, text: "x".repeat(Math.ceil(length / 4)) };
}

/** Readers that now and then take their time. */
function pauses(random: SeededRandom, clock: Clock): () => Promise<void> {
  return async () => {
    if (random.next() < 0.2) await later(clock, random.integer(1, 100));
  };
}

function later(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(ms, resolve);
  });
}
