import { Server, type Socket } from "socket.io";
import { io } from "socket.io-client";
import type { Chat } from "./chat.ts";
import { createGate } from "./gate.ts";
import type { Peer } from "./peer.ts";

/** Bytes of a packet that waits, about. */
const packetBytes = 250;
const waitingPackets = 1_600;

/** What is used of an engine of theirs. */
interface Engine {
  readonly writeBuffer: readonly unknown[];
}

/** Socket.IO over WebSocket only; with what brings back what a client missed, or without. */
export function socketIo(recovery: "recovery" | "plain"): Peer {
  return {
    name: recovery === "plain" ? "Socket.IO" : "Socket.IO + recovery",
    packages: ["socket.io", "socket.io-client"],
    async serve(hear) {
      const gate = await createGate();
      const server = new Server(gate.http, {
        transports: ["websocket"],
        ...(recovery === "recovery" && { connectionStateRecovery: { maxDisconnectionDuration: 120_000 } }),
      });
      let newest: Socket | undefined;
      server.on("connection", (socket) => {
        newest = socket;
        socket.on("say", hear);
        socket.on("ask", (message: Chat, answer: (message: Chat) => void) => answer(message));
      });
      const room = async (sockets: Iterable<Socket>): Promise<void> => {
        for (const { conn } of sockets) {
          while ((conn as unknown as Engine).writeBuffer.length > waitingPackets) {
            await new Promise((resolve) => setImmediate(resolve));
          }
        }
      };
      return {
        ...gate,
        say: (message) => void newest?.emit("said", message),
        flow: () => room(newest ? [newest] : []),
        publish: (message) => void server.emit("said", message),
        publishFlow: () => room(server.sockets.sockets.values()),
      };
    },
    async dial(url, hear, maxBackoffMs) {
      const backoff = maxBackoffMs === undefined ? {} : { reconnectionDelayMax: maxBackoffMs };
      const socket = io(url, { transports: ["websocket"], forceNew: true, ...backoff });
      if (hear) socket.on("said", hear);
      await new Promise<void>((resolve) => socket.once("connect", resolve));
      return {
        say: (message) => void socket.emit("say", message),
        ask: (message) => socket.emitWithAck("ask", message) as Promise<Chat>,
        get bufferedBytes() {
          return (socket.io.engine as unknown as Engine).writeBuffer.length * packetBytes;
        },
        close: () => void socket.close(),
      };
    },
  };
}
