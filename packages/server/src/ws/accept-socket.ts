import type { Socket } from "node:net";
import type { LinkListener } from "@holdfast/core/exchange";
import type { WebSocket } from "ws";
import type { ServerLink } from "../ports/server-link.ts";
import { maxFrameLength, textFrame } from "./text-frame.ts";

/** Makes a link of a socket that `ws` has upgraded, and tells `listen`'s listener what it hears. */
export function acceptSocket(
  socket: WebSocket,
  raw: Socket,
  listen: (link: ServerLink) => LinkListener,
): void {
  const link = socket.extensions ? new DeflatingLink(socket, raw) : new SocketLink(socket, raw);
  hear(socket, listen(link));
}

/** Apart, so that what it holds on to is the listener alone. */
function hear(socket: WebSocket, listener: LinkListener): void {
  socket.on("message", (data, isBinary) =>
    listener.message(isBinary ? new Uint8Array() : (data as Buffer).toString()),
  );
  socket.on("close", (code, reason) =>
    listener.closed({ code, reason: reason.toString(), wasClean: code !== 1006 }),
  );
}

/** A class, for there are many of them and they weigh. */
class SocketLink implements ServerLink {
  protected readonly socket: WebSocket;
  readonly #raw: Socket;

  constructor(socket: WebSocket, raw: Socket) {
    this.socket = socket;
    this.#raw = raw;
  }

  sendAll(texts: readonly string[]): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    // One alone is written quicker without.
    const isCorked = texts.length > 1;
    if (isCorked) this.#raw.cork();
    for (const text of texts) this.send(text);
    if (isCorked) this.#raw.uncork();
  }

  protected send(text: string): void {
    // Nothing is compressed here, so nothing of `ws` waits to be written before it.
    if (text.length <= maxFrameLength) this.#raw.write(textFrame(text));
    else this.socket.send(text);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, Buffer.byteLength(reason) < 124 ? reason : "");
  }

  terminate(): void {
    this.socket.terminate();
  }

  get bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  get drainedBytes(): number {
    return this.#raw.bytesWritten - this.#raw.writableLength;
  }

  get readBytes(): number {
    return this.#raw.bytesRead;
  }
}

/** `permessage-deflate` was agreed on (RFC 7692): `ws` compresses beside us, and keeps what comes behind in its place. */
class DeflatingLink extends SocketLink {
  protected override send(text: string): void {
    this.socket.send(text);
  }
}
