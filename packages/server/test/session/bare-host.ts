import { type Client, createAnyClient, type SessionStore } from "@holdfast/core";
import { virtualClock, type VirtualClock } from "../../../testing/src/index.ts";
import { SimulatedNetwork } from "../../../testing/src/pair/simulated-network.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Handlers, Identity, Server } from "../../src/options.ts";
import { contract, type K } from "./world.ts";

/** A server and pages whose stores and event loop are in a test's hands, which `testPair` has its own of. */
export interface BareHost {
  readonly clock: VirtualClock;
  readonly network: SimulatedNetwork;
  readonly server: Server<K>;
  /** Streams of `ticks` that run. */
  readonly ticking: number;
  /** Numbers that were said. */
  readonly got: readonly number[];
  /** A page opens; with a store it goes on with what the last one left there. */
  page(store?: SessionStore, backoffMs?: number): Client<K>;
}

/**
 * @param roundMs - what a round of the server's event loop takes
 * @param own - handlers instead of those that do nothing
 */
export function createBareHost(roundMs = 0, own: Partial<Handlers<K, Identity>> = {}): BareHost {
  const clock = virtualClock();
  let names = 0;
  let ticking = 0;
  const got: number[] = [];
  const idle = (): void => {};
  const handlers = {
    say: (n: number) => void got.push(n),
    set: idle,
    wave: idle,
    echo: idle,
    put: idle,
    later: idle,
    join: idle,
    count: idle,
    *ticks() {
      ticking++;
      try {
        for (let n = 1; ; n++) yield n;
      } finally {
        ticking--;
      }
    },
    ...own,
  };
  const { server, accept } = createAnyServer(contract, { log: "off" }, handlers, {
    clock,
    secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token) => `hash of ${token}` },
    nextRound: (callback) => void clock.schedule(roundMs, callback),
  });
  const network = new SimulatedNetwork(clock, accept);
  return {
    clock,
    network,
    server,
    got,
    get ticking() {
      return ticking;
    },
    page(store, backoffMs = 100) {
      const adapter = {
        transport: network,
        clock,
        surroundings: { watch: () => idle },
        hasPing: false,
        base: () => undefined,
        store,
      };
      return createAnyClient(adapter, contract, {
        url: "ws://server.test/",
        log: "off",
        storage: store ? "session" : "none",
        backoff: { initialMs: backoffMs, maxMs: backoffMs, jitter: "none" },
      });
    },
  };
}
