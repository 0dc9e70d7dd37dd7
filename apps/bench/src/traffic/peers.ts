import type { Peer } from "./peer.ts";
import { holdfast } from "./peers/holdfast.ts";
import { socketIo } from "./peers/socket-io.ts";
import { wsJson } from "./peers/ws-json.ts";

/** Everybody who is measured; ours first. */
export const peers: readonly Peer[] = [holdfast, wsJson("none"), wsJson("zod"), socketIo];
