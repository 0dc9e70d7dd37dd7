import type { Clock, DialRequest, Link, LinkListener } from "@holdfast/core/driver";
import { noCode } from "./close-arguments.ts";
import type { Message } from "./options.ts";
import type { SocketClass, SocketLike } from "./socket-like.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** What a dial needs besides the request. */
export interface Dialing {
  readonly WebSocket: SocketClass;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly binaryType: string;
  readonly hear: (event: MessageEvent) => void;
}

/** A link that passes data through as it is. */
export interface RawLink extends Link {
  /** Absent when the class threw. */
  readonly socket: SocketLike | undefined;
  write(message: Message): void;
  setBinaryType(binaryType: string): void;
}

const ignore = (): void => {};
const maxDelayMs = 2 ** 31 - 1;

/** Opens a socket. Whatever goes wrong is told by `closed`, with a {@link Trouble} as its error. */
export function dial({ url, protocols }: DialRequest, listener: LinkListener, dialing: Dialing): RawLink {
  const { clock, hear } = dialing;
  let socket: SocketLike | undefined;
  let trouble: Trouble | undefined;
  let opened = false;
  let over = false;

  const terminate = (): void => {
    over = true;
    disarm();
    if (!socket) return;
    // Not null: `ws` throws what nobody listens to, and close() makes some runtimes tell errors.
    socket.onopen = socket.onmessage = socket.onerror = socket.onclose = ignore;
    try {
      if (socket.terminate) socket.terminate();
      else socket.close();
    } catch {
      // Some runtimes refuse to close what is closed: then it is.
    }
  };
  const end = (ending: Partial<CloseEvent> = {}): void => {
    if (over) return;
    terminate();
    // Without a handshake there was no close frame. Deno says 0, old React Native nothing.
    const code = (opened && ending.code) || 1006;
    const wasClean = code !== 1006 && !!ending.wasClean;
    const error = trouble ?? (opened ? undefined : {});
    listener.closed({ code, reason: ending.reason ?? "", wasClean, error });
  };
  /** Ends in a task of its own, unless the runtime tells of the end before. */
  const fail = (what: Trouble): void => {
    trouble = what;
    clock.schedule(0, end);
  };
  const setBinaryType = (binaryType: string): void => {
    try {
      if (socket) socket.binaryType = binaryType;
    } catch {
      // React Native without its blob module.
    }
  };
  let disarm = clock.schedule(Math.min(dialing.timeoutMs, maxDelayMs), () => {
    trouble = troubleOf(new Error("TIMEOUT"));
    end();
  });

  try {
    socket = protocols.length ? new dialing.WebSocket(url, [...protocols]) : new dialing.WebSocket(url);
    setBinaryType(dialing.binaryType);
    socket.onopen = () => {
      opened = true;
      disarm();
      listener.opened();
    };
    socket.onmessage = hear;
    // The close follows at once, or never: Node 22 after a refused dial, Workers after a bad frame.
    socket.onerror = ({ message, error }: Trouble) => fail({ message, error });
    socket.onclose = end;
  } catch (error) {
    fail(troubleOf(error));
  }

  return {
    socket,
    write: (message) => socket?.send(message as never),
    send: ignore,
    setBinaryType,
    close(code, reason) {
      if (socket?.readyState !== 1) return;
      if (code === noCode) socket.close();
      else socket.close(code, reason);
    },
    terminate,
    get bufferedBytes() {
      return socket?.bufferedAmount ?? 0;
    },
  };
}
