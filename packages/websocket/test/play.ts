import { type VirtualClock, virtualClock } from "@holdfast/testing";
import {
  type Options,
  type ProtocolsProvider,
  ReconnectingWebSocket,
  type UrlProvider,
} from "../src/index.ts";
import { FakeSocket } from "./fake-socket.ts";

/** A socket of ours over fake ones, in virtual time. */
export interface Play {
  readonly socket: ReconnectingWebSocket;
  readonly clock: VirtualClock;
  /** All that were ever dialled. */
  readonly links: readonly FakeSocket[];
  /** Those that nobody has closed. */
  readonly alive: readonly FakeSocket[];
  readonly last: FakeSocket;
  /** What was told, with the `readyState` at that time. */
  readonly told: readonly string[];
}

/** What a play begins with. */
export interface Setting extends Options {
  readonly url?: UrlProvider;
  readonly protocols?: ProtocolsProvider;
  readonly seed?: number;
}

export function play({ url = "ws://peer.test/", protocols = [], seed = 1, ...options }: Setting = {}): Play {
  const clock = virtualClock({ seed });
  const links: FakeSocket[] = [];
  class Made extends FakeSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      links.push(this);
    }
  }
  const socket = new ReconnectingWebSocket(url, protocols, {
    WebSocket: Made,
    clock,
    connectionTimeout: Infinity,
    ...options,
  });
  return {
    socket,
    clock,
    links,
    told: record(socket),
    get alive() {
      return links.filter(({ readyState }) => readyState < 2);
    },
    get last() {
      const last = links.at(-1);
      if (!last) throw new Error("nothing was dialled");
      return last;
    },
  };
}

/** Writes down what a socket tells, in a form that a native one can be compared by. */
export function record(socket: WebSocket): string[] {
  const told: string[] = [];
  socket.addEventListener("open", () => told.push(`open ${socket.readyState}`));
  socket.addEventListener("message", ({ data }) => told.push(`message ${String(data)} ${socket.readyState}`));
  socket.addEventListener("error", () => told.push(`error ${socket.readyState}`));
  socket.addEventListener("close", ({ code, reason, wasClean }) =>
    told.push(
      `close ${code} ${reason && `${reason} `}${wasClean ? "clean" : "unclean"} ${socket.readyState}`,
    ),
  );
  return told;
}

/** What so many failed attempts are told as. */
export function failures(count: number): string[] {
  return Array.from({ length: count }, () => ["error 3", "close 1006 unclean 3"]).flat();
}
