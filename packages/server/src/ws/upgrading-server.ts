import type { Server as HttpServer } from "node:http";
import type { Http2SecureServer } from "node:http2";
import { HoldfastError } from "@holdfast/core/exchange";

/** What has upgrades to give: a server of HTTP/1.1, or one of HTTP/2 that speaks it too (`allowHTTP1`), as Vite's with TLS does. */
export type UpgradingServer = HttpServer | Http2SecureServer;

/** An app may well have listeners, and never an upgrade for them; nor has HTTP/2 alone. @throws HoldfastError `CONFIG` */
export function checkServer(server: unknown): asserts server is UpgradingServer {
  const { on, listening } = Object(server) as Partial<HttpServer>;
  const isServer = typeof on === "function" && typeof listening === "boolean";
  if (isServer && !speaksHttp2Alone(server as object)) return;
  const wanted = isServer
    ? "one that speaks HTTP/1.1 (with HTTP/2: createSecureServer and allowHTTP1)"
    : "the http.Server that listens, and not the framework's app";
  const shown = typeof server === "function" ? "a function" : isServer ? "of HTTP/2 alone" : String(server);
  throw new HoldfastError("CONFIG", `server must be ${wanted}, but is ${shown}`);
}

/** Upgrades are of HTTP/1.1: WebSockets over HTTP/2 (RFC 8441) are not spoken here. */
function speaksHttp2Alone(server: object): boolean {
  const name = server.constructor?.name;
  if (name !== "Http2SecureServer") return name === "Http2Server";
  // What it offers in the TLS handshake is the one thing that tells.
  const { ALPNProtocols: offered } = server as { readonly ALPNProtocols?: Buffer };
  return !!offered && !String(offered).includes("http/1.1");
}
