import type { Chat } from "./chat.ts";

/** One library, both ends of it. */
export interface Peer {
  readonly name: string;
  /** Serves on a free port: counts what is said, answers what is asked with what it was asked. */
  serve(): Promise<string>;
  dial(url: string): Promise<PeerClient>;
}

/** A client's end, as a program would use it. */
export interface PeerClient {
  say(message: Chat): void;
  ask(message: Chat): Promise<Chat>;
  /** How many messages the server has handed to its program. */
  count(): Promise<number>;
  /** Bytes that wait on this side. */
  readonly bufferedBytes: number;
  close(): Promise<void>;
}
