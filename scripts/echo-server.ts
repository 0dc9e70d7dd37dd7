import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A server for pages: echoes; `close:CODE:REASON`, `cut` and `silent` make it behave badly; at `mute` it chooses no subprotocol. */
    echoUrl: string;
  }
}

/** The server that tests in a browser talk to, since a page cannot listen. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: ([first], { url }) => (url !== "/mute" && first) || false,
  });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  server.on("connection", (socket) => {
    socket.on("error", () => socket.terminate());
    socket.on("message", (data, isBinary) => {
      const text = isBinary ? "" : String(data);
      const [word, code, reason] = text.split(":");
      if (word === "close") socket.close(Number(code), reason);
      else if (word === "cut") socket.terminate();
      else socket.send(data, { binary: isBinary });
    });
  });
  project.provide("echoUrl", `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return () =>
    new Promise((resolve) => {
      for (const socket of server.clients) socket.terminate();
      server.close(() => resolve());
    });
}
