import {
  type ScriptedTransport,
  scriptedTransport,
  type VirtualClock,
  virtualClock,
} from "../../../testing/src/index.ts";
import type { AnyConnectOptions, Connect, Hint, HoldfastError, LogEntry, Provided } from "../../src/index.ts";
import { createConnection } from "../../src/index.ts";

/** A runtime in which the test is the network, the clock and the page. */
export interface World {
  readonly clock: VirtualClock;
  readonly transport: ScriptedTransport;
  readonly log: LogEntry[];
  /** What nobody could catch. */
  readonly reported: unknown[];
  readonly connect: Connect<Pick<AnyConnectOptions, "headers">>;
  /** The page notices something. */
  notice(hint: Hint): void;
  /** How many watch the page. */
  readonly watchers: number;
}

/** A world with nothing in it. `hasPing`: as on Node. */
export function createWorld(options: { hasPing?: boolean; base?: string } = {}): World {
  const clock = virtualClock();
  const { hasPing = true } = options;
  const transport = scriptedTransport({ clock, ping: hasPing ? "on" : "off" });
  const log: LogEntry[] = [];
  const watchers = new Set<(hint: Hint) => void>();
  const adapter = {
    transport,
    clock,
    hasPing,
    base: () => options.base,
    surroundings: {
      watch: (notice: (hint: Hint) => void) => {
        watchers.add(notice);
        return () => watchers.delete(notice);
      },
    },
  };
  const connect = (url: Provided<string | URL>, given: AnyConnectOptions = {}): unknown =>
    createConnection(adapter, url, { log: { write: (entry) => log.push(entry) }, ...given });
  return {
    clock,
    transport,
    log,
    reported: [],
    connect: connect as World["connect"],
    notice: (hint) => watchers.forEach((notice) => notice(hint)),
    get watchers() {
      return watchers.size;
    },
  };
}

/** The code of the error that `act` throws. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return `${(error as HoldfastError).code}: ${(error as Error).message.replace(/^\w+: /, "")}`;
  }
  return "nothing thrown";
}

export const url = "wss://feed.example/live";
