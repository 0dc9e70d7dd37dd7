import { connect } from "@holdfast/node";
import { WebSocket as PartySocket } from "partysocket";
import reconnecting from "reconnecting-websocket";
import { WebSocket } from "ws";

/** A client with its own defaults for reconnecting, as far as a scenario can see it. */
export interface Client {
  close(): void;
}

/** Opens clients of one kind. */
export interface Peer {
  readonly name: string;
  readonly isOurs: boolean;
  open(url: string): Client;
}

// Its types speak of a CommonJS module, its export is the class itself.
const ReconnectingWebSocket = reconnecting as unknown as typeof reconnecting.default;

// What `ws` cannot do without: an error listener. The peers bring their own.
export const peers: readonly Peer[] = [
  {
    name: "holdfast",
    isOurs: true,
    open(url) {
      const connection = connect(url, { log: "off" });
      return { close: () => void connection.close() };
    },
  },
  {
    name: "partysocket",
    isOurs: false,
    open(url) {
      const socket = new PartySocket(url, undefined, { WebSocket });
      return { close: () => socket.close() };
    },
  },
  {
    name: "reconnecting-websocket",
    isOurs: false,
    open(url) {
      const socket = new ReconnectingWebSocket(url, undefined, { WebSocket });
      return { close: () => socket.close() };
    },
  },
];
