import { holdfastConnect } from "./connect.ts";
import { graphqlWs } from "./graphql-ws.ts";
import { holdfast } from "./holdfast.ts";
import type { Peer } from "./peer.ts";
import { partysocket, reconnectingWebSocket } from "./reconnecting.ts";
import { socketIo } from "./socket-io.ts";
import { trpc } from "./trpc.ts";
import { wsJson, wsRaw } from "./ws.ts";

/** Everybody who is measured; ours first. */
export const peers: readonly Peer[] = [
  holdfast,
  holdfastConnect,
  wsRaw,
  wsJson("none"),
  wsJson("zod"),
  socketIo("plain"),
  socketIo("recovery"),
  trpc,
  graphqlWs,
  partysocket,
  reconnectingWebSocket,
];

/** Who is called that. */
export function peerNamed(name: string): Peer {
  const peer = peers.find((one) => one.name === name);
  if (!peer) throw new Error(`no peer ${name}`);
  return peer;
}
