import type { Socket } from "node:net";
import type { Close, Link, LinkListener } from "@holdfast/core";
import type { WebSocket } from "ws";
import { failureCode } from "./failure-code.ts";
import { maskedFrame, maxFrameLength } from "./masked-frame.ts";

/** Makes a link of a socket that was just told to dial, and to offer these subprotocols. */
export function hold(socket: WebSocket, listener: LinkListener, offered: readonly string[] = []): Link {
  let raw: Socket | undefined;
  /** The upgrade was answered with none of the subprotocols that were offered: `ws` calls that an error. */
  let isUnspoken = false;
  let error: Error | undefined;

  const heard = (): void => listener.heard();
  const drained = (): void => listener.drained?.();
  const failed = (cause: Error): void => {
    error = cause;
  };

  /** Lets nothing through any more, and keeps what still comes from becoming an uncaught exception. */
  const detach = (): void => {
    socket.removeAllListeners().on("error", ignore);
    raw?.off("data", heard).off("drain", drained).off("error", failed);
  };
  const end = (close: Close): void => {
    detach();
    listener.closed(close);
  };

  socket.on("upgrade", (response) => {
    raw = response.socket;
    isUnspoken = offered.length > 0 && !offered.includes(response.headers["sec-websocket-protocol"] ?? "");
  });
  socket.on("open", () => {
    // Not on "upgrade": a listener there starts the flow before `ws` listens, and what came with the upgrade is lost.
    // First in line, so that a message which makes us terminate is the last that is told.
    raw?.prependListener("data", heard).on("drain", drained).on("error", failed);
    listener.opened();
  });
  socket.on("message", (data, isBinary) => {
    const bytes = data as Buffer;
    if (isBinary) listener.message(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    else listener.message(bytes.toString());
  });
  socket.on("close", (code, reason) => {
    end({ code, reason: reason.toString(), wasClean: code !== 1006, error });
  });
  socket.on("error", (cause) => {
    // `ws` would wait 30 s for an answer. The peer still gets the close frame that says what is wrong.
    if (raw) raw.destroySoon();
    else socket.terminate();
    end({ code: isUnspoken ? 1002 : failureCode(cause), reason: "", wasClean: false, error: cause });
  });
  socket.on("unexpected-response", (_request, { statusCode: httpStatus }) => {
    const cause = new Error(`the server answered the upgrade with HTTP ${httpStatus}`);
    socket.terminate();
    end({ code: 1006, reason: "", wasClean: false, httpStatus, error: cause });
  });

  return {
    send(data) {
      if (socket.readyState > socket.OPEN) return;
      // Where nothing is compressed, nothing of `ws` waits to be written before it.
      const isPlain = typeof data === "string" && data.length <= maxFrameLength && !socket.extensions;
      if (raw && isPlain) return void raw.write(maskedFrame(data));
      // Compression takes the bytes later, when the caller may have reused them.
      socket.send(socket.extensions && typeof data !== "string" ? new Uint8Array(data) : data);
    },
    get isWritable() {
      return socket.readyState === socket.OPEN;
    },
    close(code, reason) {
      socket.close(code, reason);
    },
    terminate() {
      detach();
      socket.terminate();
    },
    ping() {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    get protocol() {
      return socket.protocol;
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
}

const ignore = (): void => {};
