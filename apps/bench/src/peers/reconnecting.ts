import { WebSocket as PartySocket } from "partysocket";
import reconnecting from "reconnecting-websocket";
import { WebSocket } from "ws";
import type { Chat } from "./chat.ts";
import type { Peer } from "./peer.ts";
import { wsJson } from "./ws.ts";

/** What both of them are. */
interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(name: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(name: "open", listener: () => void): void;
  readonly bufferedAmount: number;
}

// Its types speak of a CommonJS module, its export is the class itself.
const ReconnectingWebSocket = reconnecting as unknown as typeof reconnecting.default;

function client(name: string, open: (url: string) => Socket): Peer {
  return {
    name,
    packages: [name, "ws"],
    serve: wsJson("none").serve,
    async dial(url, hear) {
      const socket = open(url);
      socket.addEventListener("message", ({ data }) => {
        hear?.((JSON.parse(String(data)) as { readonly body: Chat }).body);
      });
      await new Promise<void>((resolve) => socket.addEventListener("open", resolve));
      return {
        say: (message) => socket.send(JSON.stringify({ body: message })),
        get bufferedBytes() {
          return socket.bufferedAmount;
        },
        close: () => socket.close(),
      };
    },
  };
}

/** A client with its own defaults for reconnecting, over the server of `ws` + JSON. */
export const partysocket: Peer = client(
  "partysocket",
  // What `ws` cannot do without, an error listener, they bring themselves.
  (url) => new PartySocket(url, undefined, { WebSocket }),
);

/** The same. */
export const reconnectingWebSocket: Peer = client(
  "reconnecting-websocket",
  (url) => new ReconnectingWebSocket(url, undefined, { WebSocket }),
);
