import * as z from "zod/mini";

/** What the buttons do to the network, and to the server. */
export const Fault = z.enum(["cut", "half-open", "blackhole", "heal", "forget"]);
export type Fault = z.output<typeof Fault>;

/** What is the matter with the network. Cuts pass; a black hole lasts until it is healed. */
export const Network = z.object({ network: z.enum(["fine", "blackhole"]) });
export type Network = z.output<typeof Network>;

/** What a page asks of the demo before it dials. */
export const Settings = z.extend(Network, {
  /** The server's socket, through the fault proxy. */
  socketUrl: z.string(),
  /** How long a page talks before it closes politely. */
  closeAfterMs: z.number(),
});
export type Settings = z.output<typeof Settings>;
