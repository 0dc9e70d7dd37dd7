import type { Link } from "@holdfast/core/exchange";

/**
 * One accepted socket. As {@link Link}, but takes messages together, and tells what its peer gives as signs of life:
 *
 * - `sendAll` MUST send them in this order; it SHOULD take one system call for all. On a socket that is closing it sends nothing.
 * - `drainedBytes` MUST count what left the send buffer, `readBytes` what came, also parts of a message; both never fall.
 */
export interface ServerLink extends Omit<Link, "isWritable" | "send"> {
  sendAll(texts: readonly string[]): void;
  readonly drainedBytes: number;
  readonly readBytes: number;
}
