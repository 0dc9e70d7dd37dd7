import { once } from "node:events";
import { createServer } from "node:http";
import { addressOf, type Target } from "../proxy/target.ts";
import { seededRandom } from "../random/seeded-random.ts";
import type { FrameProxy } from "./frame-proxy.ts";
import { MessageProxy } from "./message-proxy.ts";

/** Where a proxy of messages leads, and what it may touch. */
export interface FrameProxyOptions {
  /** The server behind it. */
  readonly to: Target;
  /**
   * What chance is seeded with. The n-th message that may be touched, of the n-th link in a direction, always has the
   * same fate.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
  /**
   * Whether faults may happen to a text; what is not touched rolls nothing. Binary messages are never touched.
   *
   * @defaultValue every text
   */
  readonly touches?: ((text: string) => boolean) | undefined;
}

/** Starts a proxy of WebSocket messages on a free port of 127.0.0.1. */
export async function createFrameProxy(options: FrameProxyOptions): Promise<FrameProxy> {
  const { to, seed = 1, touches = () => true } = options;
  const address = addressOf(to);
  const server = createServer((_, response) => response.writeHead(426).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new MessageProxy({ server, to: address, random: seededRandom(seed), touches });
}
