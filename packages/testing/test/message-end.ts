import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";

/** A text, or the numbers of bytes. */
type Noted = string | readonly number[];

/** One end of a link, which notes what it is told. */
export interface MessageEnd {
  readonly socket: WebSocket;
  /** How it ended. */
  readonly ended: Promise<readonly [code: number, reason: string]>;
  say(...messages: readonly (string | Uint8Array)[]): void;
  /** Waits until the other end has all that was said: a ping there and a pong back. */
  fence(): Promise<void>;
  /** What came since it was last asked. */
  take(): readonly Noted[];
}

/** Makes an end of a socket to which nothing came yet. */
export function messageEnd(socket: WebSocket): MessageEnd {
  const noted: Noted[] = [];
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => noted.push(isBinary ? [...(data as Buffer)] : String(data)));
  return {
    socket,
    ended: new Promise((resolve) => socket.once("close", (code, reason) => resolve([code, String(reason)]))),
    say(...messages) {
      for (const message of messages) socket.send(message);
    },
    async fence() {
      const pong = once(socket, "pong");
      socket.ping();
      await pong;
    },
    take: () => noted.splice(0),
  };
}

/** A server that says nothing of its own accord. */
export interface MessageServer extends AsyncDisposable {
  readonly url: string;
  /** How many sockets it has. */
  readonly sockets: number;
  /** The next link: its end here, and how it was asked for. */
  next(): Promise<readonly [end: MessageEnd, request: IncomingMessage]>;
}

/** Starts a server. */
export async function messageServer(options: ServerOptions = {}): Promise<MessageServer> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", ...options });
  await once(server, "listening");
  const waiting: ((next: readonly [MessageEnd, IncomingMessage]) => void)[] = [];
  server.on("connection", (socket, request) => waiting.shift()?.([messageEnd(socket), request]));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get sockets() {
      return server.clients.size;
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}
