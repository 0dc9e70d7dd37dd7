import type { Direction } from "../proxy/faults.ts";

/** How often something was done, by direction. */
export type MessageCounts = Readonly<Record<Direction, number>>;

/**
 * A proxy between two WebSocket ends that does to their messages what no network does: it is for what a protocol
 * promises on top of one.
 *
 * The client's path, headers and subprotocols, the server's choice or refusal, binary messages, pings, and closes with
 * code and reason pass as they are. Compression does not, nor do other headers of an upgrade that succeeds. A closing
 * handshake is made with the proxy, which then makes one with the other side.
 *
 * Each fault has a chance for each message, from 0 to 1; without a direction it is meant for both. It can be changed at
 * any time and counts for links that are there. Faults are rolled one by one, so a message may suffer several.
 */
export interface FrameProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  /** The url through the proxy, always `ws:`; the path, if none is given, is that of the target. */
  url(path?: string): string;
  /** Links that are open on both sides. */
  readonly links: number;
  /** Links ever made; refused ones are not counted. */
  readonly totalLinks: number;
  /** Messages that came, whatever was done to them. */
  readonly messages: MessageCounts;
  /**
   * Loses messages.
   *
   * @throws RangeError for what is no chance.
   */
  drop(chance: number, direction?: Direction): void;
  /**
   * Passes messages twice in a row.
   *
   * @throws RangeError for what is no chance.
   */
  double(chance: number, direction?: Direction): void;
  /**
   * Passes one of the 64 messages before this one in its link and direction again, after it.
   *
   * @throws RangeError for what is no chance.
   */
  replay(chance: number, direction?: Direction): void;
  /**
   * Passes only the beginning of a text, which may be nothing.
   *
   * @throws RangeError for what is no chance.
   */
  truncate(chance: number, direction?: Direction): void;
  /**
   * Holds a message and passes it after the next one that passes. Without a next one it waits for `heal()` or for the
   * sender to close.
   *
   * @throws RangeError for what is no chance.
   */
  reorder(chance: number, direction?: Direction): void;
  /** Messages lost. */
  readonly dropped: MessageCounts;
  /** Messages passed twice. */
  readonly doubled: MessageCounts;
  /** Messages passed again. */
  readonly replayed: MessageCounts;
  /** Texts cut short. */
  readonly truncated: MessageCounts;
  /** Messages that the next one overtook. */
  readonly reordered: MessageCounts;
  /** Terminates both sides of every link, without a close code. New links are as before. */
  cut(): void;
  /** Ends every fault: all chances are 0, and what was held passes. */
  heal(): void;
  /** Closes the port and terminates every link; resolves when all are gone. Idempotent. */
  close(): Promise<void>;
}
