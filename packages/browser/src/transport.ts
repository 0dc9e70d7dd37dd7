import type { Data, Link, LinkListener, Transport } from "@holdfast/core";

/** What is used of a `WebSocket`: the class of every runtime has it. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
  readonly protocol?: string | undefined;
  readonly bufferedAmount?: number | undefined;
  send(data: Data): void;
  close(code?: number, reason?: string): void;
  /** Bun has it. */
  terminate?(): void;
}

/** A class of sockets. */
export type SocketClass = new (url: string, protocols: string[]) => SocketLike;

/** What to dial with. */
export interface BrowserTransportOptions {
  /** @defaultValue the global `WebSocket`, looked up at every dial */
  readonly WebSocket?: SocketClass | undefined;
}

/** Everything optional: old React Native leaves out what others give. */
interface Ending {
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
  readonly wasClean?: boolean | undefined;
}

/** Dials with the runtime's own `WebSocket`: browsers, Deno, Bun, Workers, React Native. Sends no headers. */
export function browserTransport(options: BrowserTransportOptions = {}): Transport {
  return {
    dial({ url, protocols }, listener) {
      const { WebSocket } = options.WebSocket ? options : (globalThis as BrowserTransportOptions);
      if (!WebSocket) throw new Error("no WebSocket here: use @holdfast/node");
      return hold(new WebSocket(url, [...protocols]), listener);
    },
  };
}

const ignore = (): void => {};

function hold(socket: SocketLike, listener: LinkListener): Link {
  let opened = false;
  let over = false;
  let error: unknown;

  const drop = (): void => {
    // Not null: `ws` throws what nobody listens to, and close() makes some runtimes tell errors.
    socket.onopen = socket.onmessage = socket.onerror = socket.onclose = ignore;
    try {
      if (socket.terminate) socket.terminate();
      else socket.close();
    } catch {
      // Some runtimes refuse to close what is closed: then it is.
    }
  };
  const terminate = (): void => {
    over = true;
    drop();
  };

  const end = (ending: Ending): void => {
    if (over) return;
    // Workers leave half of the socket open until we close it too.
    terminate();
    // Without a handshake there was no close frame. Deno says 0, old React Native nothing.
    const code = (opened && ending.code) || 1006;
    const wasClean = code !== 1006 && !!ending.wasClean;
    listener.closed({ code, reason: ending.reason ?? "", wasClean, error });
  };

  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    opened = true;
    listener.opened();
  };
  socket.onmessage = ({ data }: { data: string | ArrayBuffer }) =>
    listener.message(typeof data === "string" ? data : new Uint8Array(data));
  socket.onerror = (event: { error?: unknown; message?: unknown }) => {
    error = event.error ?? event.message;
    // The close follows at once, or never: Node 22 after a refused dial, Workers after a bad frame.
    setTimeout(end, 0, {});
  };
  socket.onclose = end;

  return {
    send(data) {
      if (!over && socket.readyState < 2) socket.send(data);
    },
    close(code, reason) {
      if (socket.readyState) return socket.close(code, reason);
      // Nobody to say goodbye to. Left to itself, Node 24 would tell of the end before this returns, Node 22 never.
      drop();
      setTimeout(end, 0, {});
    },
    terminate,
    get isWritable() {
      return socket.readyState === 1;
    },
    get protocol() {
      return socket.protocol;
    },
    get bufferedBytes() {
      return socket.bufferedAmount ?? 0;
    },
  };
}
