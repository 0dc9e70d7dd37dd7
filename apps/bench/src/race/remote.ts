import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a server's process is told, and what it answers. */
export interface Orders {
  /** Resolves when so many messages reached its program since the last time. */
  arrived(count: number): Promise<void>;
  /** Says so many messages to the newest client, as fast as it takes them. */
  push(count: number, bytes: number, perTurn: number): Promise<void>;
  /** Says so many messages to every client, so many in a turn. */
  publish(count: number, bytes: number, perTurn: number): Promise<void>;
  /** Has its program take no more. */
  stall(): Promise<void>;
  goOn(): Promise<void>;
  drop(): Promise<void>;
  cut(): Promise<void>;
  back(): Promise<void>;
  /** Since the last time: when connections came, in ms. */
  arrivals(): Promise<readonly number[]>;
  usage(): Promise<Usage>;
  /** Time of a core, in ms. */
  cpu(): Promise<number>;
}

/** What a process takes. */
export interface Usage {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** The heap, and what buffers hold beside it. */
  readonly heldBytes: number;
  readonly cpuMs: number;
}

export type Order = { readonly [K in keyof Orders]: readonly [K, ...Parameters<Orders[K]>] }[keyof Orders];

/** A server in a process of its own. */
export interface Remote extends Orders {
  readonly url: string;
  stop(): Promise<void>;
}

/** Names another Node for servers than the one that loads them. */
export const serverNode = "HOLDFAST_BENCH_SERVER_NODE";

/** Starts the server of a peer, and speaks with it. */
export async function startServer(peer: string, flags: readonly string[] = []): Promise<Remote> {
  const program = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = fork(program, [peer], {
    execPath: process.env[serverNode] ?? process.execPath,
    execArgv: ["--conditions=@holdfast/source", "--expose-gc", ...flags],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const pending = new Map<number, (answer: never) => void>();
  let ids = 0;
  const [url] = (await once(child, "message")) as [string];
  child.on("message", ({ id, answer }: { id: number; answer: never }) => {
    pending.get(id)?.(answer);
    pending.delete(id);
  });
  const tell = <T>(...order: Order): Promise<T> =>
    new Promise((resolve) => {
      pending.set(++ids, resolve);
      child.send({ id: ids, order });
    });
  return {
    url,
    arrived: (count) => tell("arrived", count),
    push: (count, bytes, perTurn) => tell("push", count, bytes, perTurn),
    publish: (count, bytes, perTurn) => tell("publish", count, bytes, perTurn),
    stall: () => tell("stall"),
    goOn: () => tell("goOn"),
    drop: () => tell("drop"),
    cut: () => tell("cut"),
    back: () => tell("back"),
    arrivals: () => tell("arrivals"),
    usage: () => tell("usage"),
    cpu: () => tell("cpu"),
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
