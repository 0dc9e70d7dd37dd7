import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultProxy } from "@holdfast/testing/node";
import { Fault, type Network, type Settings } from "../shared/settings.ts";

/** What the demo is made of, for its page to know and to break. */
export interface ApiParts {
  readonly proxy: FaultProxy;
  readonly settings: Omit<Settings, "network">;
  readonly origins: readonly string[];
  /** Ends every session. */
  readonly forget: () => Promise<void>;
}

/** What a page can ask of the demo itself, over plain HTTP: where to dial, and to break the network. */
export class Api {
  readonly #parts: ApiParts;
  #network: Network["network"] = "fine";

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** Answers what is under `/api/`; false for anything else. */
  answer({ url = "", method, headers }: IncomingMessage, response: ServerResponse): boolean {
    if (!url.startsWith("/api/")) return false;
    const fault = Fault.safeParse(url.replace("/api/fault/", ""));
    if (url === "/api/demo" && method === "GET") {
      send(response, 200, { ...this.#parts.settings, network: this.#network });
    } else if (!fault.success) {
      send(response, 404, { error: "no such thing" });
    } else if (method !== "POST") {
      response.setHeader("allow", "POST");
      send(response, 405, { error: "POST only" });
    } else if (!headers.origin || !this.#parts.origins.includes(headers.origin)) {
      send(response, 403, { error: "only the demo's own page may do that" });
    } else {
      void this.#apply(fault.data).then(() => send(response, 200, { network: this.#network }));
    }
    return true;
  }

  async #apply(fault: Fault): Promise<void> {
    const { proxy, forget } = this.#parts;
    switch (fault) {
      case "cut":
        return proxy.cut();
      case "half-open":
        return proxy.halfOpen();
      case "blackhole":
        this.#network = "blackhole";
        return proxy.blackhole();
      case "heal":
        this.#network = "fine";
        return proxy.heal();
      case "forget":
        return forget();
    }
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
