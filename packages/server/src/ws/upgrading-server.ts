import type { Server as HttpServer } from "node:http";
import type { Http2SecureServer } from "node:http2";
import { HoldfastError } from "@holdfast/core/exchange";

/** What has upgrades to give: a server of HTTP/1.1, or one of HTTP/2 that speaks it too (`allowHTTP1`), as Vite's with TLS does. */
export type UpgradingServer = HttpServer | Http2SecureServer;

/** An app may well have listeners, and never an upgrade for them. @throws HoldfastError `CONFIG` */
export function checkServer(server: unknown): asserts server is UpgradingServer {
  const { on, listening } = Object(server) as Partial<HttpServer>;
  if (typeof on === "function" && typeof listening === "boolean") return;
  const wanted = "the http.Server that listens, and not the framework's app";
  const shown = typeof server === "function" ? "a function" : String(server);
  throw new HoldfastError("CONFIG", `server must be ${wanted}, but is ${shown}`);
}
