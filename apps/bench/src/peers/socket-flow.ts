import type { WebSocket } from "ws";

const waitingBytes = 400_000;

/** Resolves when no socket holds too much. */
export async function socketFlow(sockets: Iterable<WebSocket>): Promise<void> {
  for (const socket of sockets) {
    while (socket.bufferedAmount > waitingBytes) await new Promise((resolve) => setImmediate(resolve));
  }
}
