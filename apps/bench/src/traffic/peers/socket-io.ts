import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import type { Chat } from "../chat.ts";
import type { Peer } from "../peer.ts";

/** Socket.IO over WebSocket only. */
export const socketIo: Peer = {
  name: "Socket.IO",
  async serve() {
    const http = createServer();
    const server = new Server(http, { transports: ["websocket"] });
    let count = 0;
    server.on("connection", (socket) => {
      socket.on("say", () => void count++);
      socket.on("ask", (message: Chat, answer: (message: Chat) => void) => answer(message));
      socket.on("count", (answer: (count: number) => void) => answer(count));
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  },
  async dial(url) {
    const socket = io(url, { transports: ["websocket"] });
    await new Promise<void>((resolve) => socket.on("connect", resolve));
    return {
      say: (message) => void socket.emit("say", message),
      ask: (message) => socket.emitWithAck("ask", message) as Promise<Chat>,
      count: () => socket.emitWithAck("count") as Promise<number>,
      get bufferedBytes() {
        // What the engine has not given to the socket yet, in packets; a message is about this many bytes.
        return (socket.io.engine as unknown as { writeBuffer: unknown[] }).writeBuffer.length * 250;
      },
      async close() {
        socket.close();
      },
    };
  },
};
