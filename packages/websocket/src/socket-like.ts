/** What is used of a `WebSocket`: the class of every runtime has it, and so has `ws`. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
  readonly url?: string | undefined;
  readonly protocol?: string | undefined;
  readonly extensions?: string | undefined;
  readonly bufferedAmount?: number | undefined;
  send(data: never): void;
  close(code?: number, reason?: string): void;
  /** `ws` and Bun have it. */
  terminate?(): void;
}

/** A class of sockets. */
export type SocketClass = new (url: string, protocols?: string[]) => SocketLike;
