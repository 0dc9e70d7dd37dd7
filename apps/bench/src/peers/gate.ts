import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** An HTTP server that can go and come back on the same port. */
export interface Gate {
  readonly http: Server;
  readonly url: string;
  /** Drops every link. */
  drop(): void;
  /** The same, and takes no new ones. */
  cut(): void;
  back(): Promise<void>;
}

/** Listens on a free port of this machine alone. */
export async function createGate(): Promise<Gate> {
  const http = createServer();
  const sockets = new Set<Socket>();
  http.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  let port = 0;
  const listen = async (): Promise<void> => {
    http.listen({ port, host: "127.0.0.1", backlog: 4_096 });
    await once(http, "listening");
    ({ port } = http.address() as AddressInfo);
  };
  await listen();
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    http,
    url: `ws://127.0.0.1:${port}`,
    drop,
    cut() {
      http.close();
      drop();
    },
    back: listen,
  };
}
