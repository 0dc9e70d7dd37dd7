import type { Link } from "@holdfast/core/exchange";

/**
 * One accepted socket. As {@link Link}, and tells what its peer gives as signs of life:
 *
 * - `drainedBytes` MUST count what left the send buffer, `readBytes` what came, also parts of a message; both never fall.
 */
export interface ServerLink extends Omit<Link, "isWritable"> {
  readonly drainedBytes: number;
  readonly readBytes: number;
}
