import type { Clock, DialRequest, Link, LinkListener } from "@holdfast/core/driver";
import { noCode } from "./close-arguments.ts";
import { unknownCause } from "./error-event.ts";
import type { SocketClass, SocketLike } from "./socket-like.ts";

/** What a dial needs besides the request. */
export interface Dialing {
  readonly WebSocket: SocketClass;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Takes the socket, to which data is written as it is. */
  take(socket: SocketLike): void;
  hear(event: MessageEvent): void;
}

const ignore = (): void => {};

/** Opens a socket that passes data through as it is. Whatever goes wrong is told by `closed`. */
export function dial(
  { url, protocols }: DialRequest,
  listener: LinkListener,
  { WebSocket, clock, timeoutMs, take, hear }: Dialing,
): Link {
  let socket: SocketLike | undefined;
  let error: unknown;
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
  const end = ({ code = 0, reason = "", wasClean = false }): void => {
    if (over) return;
    terminate();
    // Without a handshake there was no close frame. Deno says 0, old React Native nothing.
    const isTrue = opened && code > 0;
    error ??= opened ? undefined : unknownCause;
    listener.closed({ code: isTrue ? code : 1006, reason, wasClean: isTrue && wasClean, error });
  };
  /** Ends in a task of its own, unless the socket tells of its end before. */
  const fail = (cause: unknown, afterMs = 0): (() => void) =>
    clock.schedule(afterMs, () => {
      error ??= cause;
      end({});
    });
  const disarm = fail(new Error("TIMEOUT"), timeoutMs);

  try {
    take((socket = new WebSocket(url, protocols.length ? [...protocols] : undefined)));
    socket.onopen = () => {
      opened = true;
      disarm();
      listener.opened();
    };
    socket.onmessage = hear;
    socket.onerror = (event: Partial<ErrorEvent>) => {
      // The close follows at once, or never: Node 22 after a refused dial, Workers after a bad frame.
      fail((error = event.message ? event : unknownCause));
    };
    socket.onclose = end;
  } catch (cause) {
    fail(cause);
  }

  // Nobody asks for more: there is no heartbeat, and no outbox of core's.
  return {
    close(code, reason) {
      if (socket?.readyState !== 1) return;
      if (code === noCode) socket.close();
      else socket.close(code, reason);
    },
    terminate,
  } as Link;
}
