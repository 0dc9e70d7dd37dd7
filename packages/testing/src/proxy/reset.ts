import type { Socket } from "node:net";

/**
 * Resets a socket. One that is connecting is reset when it is connected, since before it has nobody to tell. One that said
 * its end already is only dropped: the system refuses to reset it, and Node would then never tell that it is closed.
 */
export function reset(socket: Socket): void {
  const isUnborn = socket.pending && !socket.connecting;
  if (isUnborn || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
