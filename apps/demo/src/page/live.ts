import { type Client, createClient } from "@holdfast/browser";
import { contract } from "../shared/contract.ts";
import { patience } from "../shared/patience.ts";
import { networked } from "../shared/socket-paths.ts";
import { socketUrl } from "./socket-url.ts";

/** This page's end of a session. */
export type Live = Client<typeof contract>;

/** Where it dials: through the network that can be broken. */
export const liveUrl: string = socketUrl(networked.live);

/**
 * Connects, and goes on with the session of the page before.
 *
 * @param page - which page it is at that moment, for the ledger
 * @param token - is asked for whenever the server wants one
 */
export function goLive(page: () => string, token: () => Promise<string>): Live {
  return createClient(contract, {
    ...patience,
    url: liveUrl,
    credential: async () => ({ token: await token(), page: page() }),
    storage: "session",
    // The page says what is the matter, in words.
    log: "error",
  });
}
