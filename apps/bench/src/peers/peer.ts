import type { Server } from "node:http";
import type { Chat } from "./chat.ts";

/** One library, both ends of it. What has no meaning for it is absent. */
export interface Peer {
  readonly name: string;
  /** Whose versions belong to its figures. */
  readonly packages: readonly string[];
  /** Serves on a free port. `hear` is called for every message that reaches the program. */
  serve(hear: () => void): Promise<PeerServer>;
  /** Resolves when it is open. `hear` is called for every message that reaches the program. */
  dial(
    url: string,
    hear?: (message: Chat) => void,
    /** The longest wait before a redial; without it the default of the peer. */
    maxBackoffMs?: number,
  ): Promise<PeerClient>;
}

/** The server's end, as a program would use it. */
export interface PeerServer {
  readonly url: string;
  readonly http: Server;
  /** Says it to the client that came last. */
  say?(message: Chat): void;
  /** Resolves when more may be said. */
  flow?(): Promise<void>;
  /** Says it to every client. */
  publish?(message: Chat): void;
  /** Resolves when more may be said to everybody. */
  publishFlow?(): Promise<void>;
  /** Its program takes no more until it is told to go on: handlers begin and do not end. */
  stall?(): void;
  goOn?(): void;
  /** Drops every link without a word. */
  drop(): void;
  /** The same, and takes no new ones. */
  cut(): void;
  /** Takes links again. */
  back(): Promise<void>;
}

/** A client's end, as a program would use it. */
export interface PeerClient {
  say?(message: Chat): void;
  /** Answered with what was asked. */
  ask?(message: Chat): Promise<Chat>;
  /** A stream of so many messages. */
  items?(count: number, bytes: number): AsyncIterable<unknown>;
  /** Bytes that wait on this side. */
  readonly bufferedBytes?: number;
  close(): void;
}
