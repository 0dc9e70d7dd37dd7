import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultProxy } from "@holdfast/testing/node";
import { Fault, type Network, type Settings } from "../shared/settings.ts";

/** What a page can ask of the demo itself, over plain HTTP: where to dial, and to break the network. */
export class Api {
  readonly #proxy: FaultProxy;
  readonly #settings: Omit<Settings, "network">;
  readonly #isOwnOrigin: (origin: string) => boolean;
  #network: Network["network"] = "fine";

  constructor(
    proxy: FaultProxy,
    settings: Omit<Settings, "network">,
    isOwnOrigin: (origin: string) => boolean,
  ) {
    this.#proxy = proxy;
    this.#settings = settings;
    this.#isOwnOrigin = isOwnOrigin;
  }

  /** Answers what is under `/api/`; false for anything else. */
  answer({ url = "", method, headers }: IncomingMessage, response: ServerResponse): boolean {
    if (!url.startsWith("/api/")) return false;
    const fault = Fault.safeParse(url.replace("/api/proxy/", ""));
    if (url === "/api/demo" && method === "GET") {
      send(response, 200, { ...this.#settings, network: this.#network });
    } else if (!fault.success) {
      send(response, 404, { error: "no such thing" });
    } else if (method !== "POST") {
      response.setHeader("allow", "POST");
      send(response, 405, { error: "POST only" });
    } else if (!headers.origin || !this.#isOwnOrigin(headers.origin)) {
      send(response, 403, { error: "only the demo's own page may do that" });
    } else {
      this.#apply(fault.data);
      send(response, 200, { network: this.#network });
    }
    return true;
  }

  #apply(fault: Fault): void {
    switch (fault) {
      case "cut":
        return this.#proxy.cut();
      case "half-open":
        return this.#proxy.halfOpen();
      case "blackhole":
        this.#network = "blackhole";
        return this.#proxy.blackhole();
      case "heal":
        this.#network = "fine";
        return this.#proxy.heal();
    }
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
