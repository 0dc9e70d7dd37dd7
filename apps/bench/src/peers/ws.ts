import { once } from "node:events";
import { WebSocket, WebSocketServer } from "ws";
import { Chat } from "./chat.ts";
import { createGate } from "./gate.ts";
import type { Peer } from "./peer.ts";
import { socketFlow } from "./socket-flow.ts";

interface Envelope {
  readonly ask?: number;
  readonly body: Chat;
}

/** `ws` with JSON and a hand-made map of ids; with zod on both ends, or without. */
export function wsJson(check: "zod" | "none"): Peer {
  const checked = (message: Chat): Chat => (check === "zod" ? Chat.parse(message) : message);
  return {
    name: check === "zod" ? "ws + JSON + zod" : "ws + JSON",
    packages: check === "zod" ? ["ws", "zod"] : ["ws"],
    async serve(hear) {
      const gate = await createGate();
      const server = new WebSocketServer({ server: gate.http });
      let newest: WebSocket | undefined;
      server.on("connection", (socket) => {
        newest = socket;
        socket
          .on("error", () => {})
          .on("message", (data) => {
            const { ask, body } = JSON.parse(String(data)) as Envelope;
            const message = checked(body);
            if (ask === undefined) hear();
            else socket.send(JSON.stringify({ ask, body: checked(message) }));
          });
      });
      return {
        ...gate,
        say: (message) => newest?.send(JSON.stringify({ body: checked(message) })),
        flow: () => socketFlow(newest ? [newest] : []),
        publish(message) {
          // One shared buffer for all of them: the fastest loop that the library's users write.
          const data = Buffer.from(JSON.stringify({ body: checked(message) }));
          for (const socket of server.clients) socket.send(data, { binary: false });
        },
        publishFlow: () => socketFlow(server.clients),
      };
    },
    async dial(url, hear) {
      const socket = new WebSocket(url);
      const pending = new Map<number, (answer: Chat) => void>();
      let ids = 0;
      socket
        .on("error", () => {})
        .on("message", (data) => {
          const { ask, body } = JSON.parse(String(data)) as Envelope;
          const message = checked(body);
          if (ask === undefined) return hear?.(message);
          pending.get(ask)?.(message);
          pending.delete(ask);
        });
      await once(socket, "open");
      return {
        say: (message) => socket.send(JSON.stringify({ body: checked(message) })),
        ask: (message) =>
          new Promise((resolve) => {
            pending.set(++ids, resolve);
            socket.send(JSON.stringify({ body: checked(message), ask: ids }));
          }),
        get bufferedBytes() {
          return socket.bufferedAmount;
        },
        close: () => socket.terminate(),
      };
    },
  };
}

const text = (message: Chat): string => `${message.id} ${message.from} ${message.text}`;

/** `ws` and text that nobody parses: what the library itself takes. */
export const wsRaw: Peer = {
  name: "ws raw text",
  packages: ["ws"],
  async serve(hear) {
    const gate = await createGate();
    const server = new WebSocketServer({ server: gate.http });
    let newest: WebSocket | undefined;
    server.on("connection", (socket) => {
      newest = socket;
      socket
        .on("error", () => {})
        .on("message", (data) => {
          if (String(data)) hear();
        });
    });
    return {
      ...gate,
      say: (message) => newest?.send(text(message)),
      flow: () => socketFlow(newest ? [newest] : []),
    };
  },
  async dial(url, hear) {
    const socket = new WebSocket(url);
    socket
      .on("error", () => {})
      .on("message", (data) => {
        if (String(data)) hear?.({ id: 0, from: "", text: "" });
      });
    await once(socket, "open");
    return {
      say: (message) => socket.send(text(message)),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      close: () => socket.terminate(),
    };
  },
};
