import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { Direction } from "../proxy/faults.ts";
import { acceptClient } from "./accept-client.ts";
import type { Knock } from "./knock.ts";
import { Lane } from "./lane.ts";
import { passRefusal } from "./pass-refusal.ts";
import type { TamperingParts } from "./tampering.ts";

/** What a link is made of. */
export interface FrameLinkParts {
  readonly knock: Knock;
  /** On its way to the server. */
  readonly upstream: WebSocket;
  /** The client is let in: what its lanes go by. */
  readonly accepted: () => Readonly<Record<Direction, TamperingParts>>;
}

/** One client, and what was dialled for it. */
export class FrameLink {
  /** Settles when both sockets are closed. */
  readonly gone: Promise<unknown>;
  readonly #parts: FrameLinkParts;
  #client: WebSocket | undefined;
  #lanes: readonly Lane[] = [];
  #phase: "dialing" | "refused" | "through" = "dialing";

  constructor(parts: FrameLinkParts) {
    this.#parts = parts;
    const { knock, upstream } = parts;
    this.gone = Promise.all([closed(knock.socket), closed(upstream)]);
    knock.socket.on("error", ignore).on("close", () => this.#left());
    knock.socket.on("end", this.#hungUp);
    upstream.on("error", ignore);
    upstream.on("open", () => this.#accept());
    upstream.on("unexpected-response", (_, response) => this.#refuse(response));
    upstream.on("close", () => this.#unreachable());
  }

  /** Whether both sides are open. */
  get isLive(): boolean {
    const isOpen = (socket: WebSocket | undefined): boolean => socket?.readyState === WebSocket.OPEN;
    return isOpen(this.#client) && isOpen(this.#parts.upstream);
  }

  /** Passes what is held. */
  release(): void {
    for (const lane of this.#lanes) lane.release();
  }

  /** Terminates both sides. */
  cut(): void {
    this.#parts.knock.socket.destroy();
    this.#parts.upstream.terminate();
  }

  #accept(): void {
    const { knock, upstream, accepted } = this.#parts;
    knock.socket.off("end", this.#hungUp);
    const client = acceptClient(knock, upstream.protocol);
    // It was told why, and its socket closes.
    if (!client) return;
    this.#phase = "through";
    this.#client = client;
    client.on("error", ignore);
    const { up, down } = accepted();
    this.#lanes = [
      new Lane({ from: client, to: upstream, ...up }),
      new Lane({ from: upstream, to: client, ...down }),
    ];
  }

  #refuse(response: IncomingMessage): void {
    this.#phase = "refused";
    passRefusal(response, this.#parts.knock.socket);
  }

  /** Nobody is there, or nobody that can be understood. */
  #unreachable(): void {
    if (this.#phase === "dialing") this.#parts.knock.socket.resetAndDestroy();
  }

  /** The client's socket closed. Once it is through, the lanes see to that. */
  #left(): void {
    if (this.#phase !== "through") this.#parts.upstream.terminate();
  }

  /** The client ended its side before it was let in; later that is for ws to answer. */
  readonly #hungUp = (): void => void this.#parts.knock.socket.destroy();
}

/** When a socket is closed, however it came to it. */
function closed(socket: Knock["socket"] | WebSocket): Promise<unknown> {
  return new Promise((resolve) => socket.once("close", resolve));
}

/** What follows is a close. */
function ignore(): void {}
