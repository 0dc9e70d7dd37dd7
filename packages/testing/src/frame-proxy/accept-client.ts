import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { Knock } from "./knock.ts";

/**
 * Accepts a client with the subprotocol that upstream chose; undefined when its handshake is none, which it was told.
 */
export function acceptClient({ request, socket, head }: Knock, protocol: string): WebSocket | undefined {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    autoPong: false,
    handleProtocols: () => protocol || false,
  });
  let client: WebSocket | undefined;
  server.handleUpgrade(request, socket, head, (accepted) => (client = accepted));
  return client;
}
