import { seededRandom } from "../../../testing/src/index.ts";
import { Agenda } from "./agenda.ts";
import { Ledger } from "./ledger.ts";
import { type Faults, Network, noFaults } from "./network.ts";
import { SimClient } from "./sim-client.ts";
import { serverLimits, SimServer } from "./sim-server.ts";

/** What goes wrong, and how often something does. */
export interface Mode {
  readonly faults: Partial<Faults>;
  /** Nothing of it excuses a doubt: every session can go on. */
  readonly isForgivable?: boolean;
  /** Each a chance in [0, 1) a step. */
  readonly cut?: number;
  readonly halfOpen?: number;
  readonly blackhole?: number;
  readonly reconnect?: number;
  readonly outage?: number;
  readonly restart?: number;
  readonly slow?: number;
  readonly credential?: number;
  readonly publish?: number;
}

/** The ways a network, a server and its users fail; every seed plays one of them. */
export const modes: Readonly<Record<string, Mode>> = {
  calm: { isForgivable: true, faults: {} },
  cuts: { isForgivable: true, faults: { latencyMs: 40 }, cut: 0.04 },
  storm: { isForgivable: true, faults: { latencyMs: 10 }, cut: 0.3 },
  halfOpen: { isForgivable: true, faults: { latencyMs: 30 }, halfOpen: 0.03, cut: 0.01 },
  blackhole: { isForgivable: true, faults: { latencyMs: 30 }, blackhole: 0.02 },
  takeovers: { isForgivable: true, faults: { latencyMs: 200 }, reconnect: 0.08, halfOpen: 0.02 },
  frames: { faults: { drop: 0.02, double: 0.05, replay: 0.05, latencyMs: 20 }, cut: 0.02 },
  garbage: { faults: { truncate: 0.004, forge: 0.004, double: 0.02, latencyMs: 20 }, cut: 0.01 },
  restarts: { faults: { latencyMs: 30 }, restart: 0.015, cut: 0.03 },
  outages: { faults: { latencyMs: 30 }, outage: 0.01, cut: 0.02 },
  slow: { faults: { latencyMs: 20 }, slow: 0.04, publish: 0.3, cut: 0.03 },
  credentials: { faults: { latencyMs: 20 }, credential: 0.03, cut: 0.03 },
  everything: {
    faults: { drop: 0.005, double: 0.02, replay: 0.02, latencyMs: 60 },
    cut: 0.02,
    halfOpen: 0.01,
    blackhole: 0.005,
    reconnect: 0.02,
    outage: 0.004,
    restart: 0.004,
    slow: 0.02,
    credential: 0.01,
    publish: 0.1,
  },
};

const steps = 150;
/** No wait of ours is longer: a dial, a backoff, a heartbeat, an expiry. */
const patienceMs = 60_000;

/** What one seed showed. */
export interface Played {
  readonly said: number;
  readonly heard: number;
  readonly resumes: number;
  readonly lostSessions: number;
  readonly overflows: number;
  readonly items: number;
  readonly inDoubt: number;
}

/** One seed of one mode, from the first dial to the last goodbye. @throws what it found */
export function play(seed: number, { faults, isForgivable, ...chances }: Mode): Played {
  const random = seededRandom(seed);
  const agenda = new Agenda();
  const network = new Network(agenda, random);
  const up = new Ledger("client's");
  const down = new Ledger("server's");
  const server = new SimServer(agenda, random, down, up);
  const client = new SimClient(agenda, network, server, random, up, down);
  const happens = (chance = 0): boolean => chance > 0 && random.next() < chance;
  const newest = (): Network["wires"][number] | undefined => network.wires.at(-1);

  network.faults = { ...noFaults, ...faults };
  client.open();
  for (let step = 0; step < steps; step++) {
    agenda.run(agenda.now + random.next() * 60);
    if (happens(0.5)) client.emit(random.integer(0, 60));
    if (happens(0.15)) client.call();
    if (happens(0.04)) client.stream();
    if (happens(0.03)) client.cancel();
    if (happens(0.4)) server.say("event", random.integer(0, 60));
    if (happens(0.1)) server.say("call", 0);
    if (happens(chances.publish)) server.publish(random.integer(0, 60));
    if (happens(chances.cut)) newest()?.break(["client", "server"]);
    if (happens(chances.halfOpen)) newest()?.break([random.pick(["client", "server"] as const)]);
    if (happens(chances.blackhole)) newest()?.break([]);
    if (happens(chances.reconnect)) client.reconnect();
    if (happens(chances.restart)) server.restart();
    if (happens(chances.credential)) changeCredential();
    if (happens(chances.slow)) slowDown();
    if (happens(chances.outage)) outage();
    // A verdict of "stop" is final until somebody asks again.
    if (client.state.phase === "ended" && happens(0.2)) client.reconnect();
    if (client.engine.end.bufferedBytes > client.outboxBound)
      throw new Error("the client's outbox is over its bound");
    for (const { end } of server.sessions.all) {
      if (end.bufferedBytes > serverLimits.outboxBytes)
        throw new Error("the server's outbox is over its bound");
    }
  }

  // A frame that a link swallowed is missed only when something follows, or with the next link.
  if (faults.drop) newest()?.break(["client", "server"]);
  network.faults = noFaults;
  network.isDown = false;
  client.wake();
  server.wake();
  // What was broken on its way may still arrive, and end it.
  agenda.run(agenda.now + 1_000);
  if (client.state.phase === "ended") client.reconnect();
  agenda.run(agenda.now + patienceMs);
  if (client.state.phase !== "open")
    throw new Error(`the network healed, and the client is ${client.state.phase}`);
  if (client.unsettled) throw new Error(`${client.unsettled} of the client's are never settled`);
  if (server.unsettled) throw new Error(`${server.unsettled} of the server's are never settled`);
  up.close();
  down.close();
  if (isForgivable && up.inDoubt) throw new Error(`${up.inDoubt} in doubt, but nothing was lost`);
  client.close();
  agenda.run(agenda.now + patienceMs);
  if (agenda.length) throw new Error(`${agenda.length} things are still planned after close()`);
  if (server.sessions.size) throw new Error(`${server.sessions.size} sessions are left after close()`);
  return {
    said: up.size,
    heard: down.size,
    resumes: client.resumes,
    lostSessions: client.lostSessions,
    overflows: server.overflows,
    items: client.itemsRead,
    inDoubt: up.inDoubt + down.inDoubt,
  };

  function changeCredential(): void {
    if (happens(0.3)) client.credential = random.pick(["ada", "bob"]);
    server.askAgain();
    if (happens(0.5)) newest()?.break(["client", "server"]);
  }

  function slowDown(): void {
    const slow = random.pick([client, server]);
    slow.isSlow = true;
    agenda.plan(random.integer(50, 2_000), () => slow.wake());
  }

  function outage(): void {
    network.isDown = true;
    newest()?.break([random.pick(["client", "server"] as const)]);
    agenda.plan(random.integer(100, 40_000), () => {
      network.isDown = false;
    });
  }
}
