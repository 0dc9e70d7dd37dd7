import type { Socket } from "node:net";
import type { LinkListener } from "@holdfast/core/exchange";
import type { WebSocket } from "ws";
import type { ServerLink } from "../ports/server-link.ts";

/** Makes a link of a socket that `ws` has upgraded, and tells `listen`'s listener what it hears. */
export function acceptSocket(
  socket: WebSocket,
  raw: Socket,
  listen: (link: ServerLink) => LinkListener,
): void {
  const link: ServerLink = {
    send(data) {
      if (socket.readyState === socket.OPEN) socket.send(data);
    },
    close(code, reason) {
      socket.close(code, Buffer.byteLength(reason) < 124 ? reason : "");
    },
    terminate: () => socket.terminate(),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    get drainedBytes() {
      return raw.bytesWritten - raw.writableLength;
    },
    get readBytes() {
      return raw.bytesRead;
    },
  };
  const listener = listen(link);
  socket.on("message", (data, isBinary) =>
    listener.message(isBinary ? new Uint8Array() : (data as Buffer).toString()),
  );
  socket.on("close", (code, reason) =>
    listener.closed({ code, reason: reason.toString(), wasClean: code !== 1006 }),
  );
}
