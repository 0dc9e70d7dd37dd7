import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { Chat } from "../chat.ts";
import type { Peer } from "../peer.ts";

interface Envelope {
  readonly ask?: number;
  readonly count?: true;
  readonly body?: Chat;
}

/** `ws` with JSON and a hand-made map of ids; with zod on both ends, or without. */
export function wsJson(check: "zod" | "none"): Peer {
  const checked = (message: Chat): Chat => (check === "zod" ? Chat.parse(message) : message);
  return {
    name: check === "zod" ? "ws + JSON + zod" : "ws + JSON",
    async serve() {
      const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
      let count = 0;
      server.on("connection", (socket) =>
        socket.on("message", (data) => {
          const { ask, count: isCount, body } = JSON.parse(String(data)) as Envelope;
          const message = body && checked(body);
          if (isCount) socket.send(JSON.stringify({ ask, count }));
          else if (ask === undefined) count++;
          else socket.send(JSON.stringify({ ask, body: message }));
        }),
      );
      await once(server, "listening");
      return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async dial(url) {
      const socket = new WebSocket(url);
      const pending = new Map<number, (answer: never) => void>();
      let ids = 0;
      socket.on("message", (data) => {
        const { ask = 0, body, count } = JSON.parse(String(data)) as Envelope;
        pending.get(ask)?.((count ?? (body && checked(body))) as never);
        pending.delete(ask);
      });
      await once(socket, "open");
      const ask = <T>(envelope: Envelope): Promise<T> =>
        new Promise((resolve) => {
          pending.set(++ids, resolve);
          socket.send(JSON.stringify({ ...envelope, ask: ids }));
        });
      return {
        say: (message) => socket.send(JSON.stringify({ body: checked(message) })),
        ask: (message) => ask({ body: checked(message) }),
        count: () => ask({ count: true }),
        get bufferedBytes() {
          return socket.bufferedAmount;
        },
        async close() {
          socket.close();
          await once(socket, "close");
        },
      };
    },
  };
}
