import type { IncomingMessage } from "node:http";
import type { FaultTunnel } from "@holdfast/testing/node";
import type { Fault, Network } from "../shared/settings.ts";
import { echoPath, livePath, networked, plainPath } from "../shared/socket-paths.ts";
import { readdress } from "./readdress.ts";

/** Whoever dials the one comes out at the other. */
const exits: ReadonlyMap<string, string> = new Map([
  [networked.live, livePath],
  [networked.plain, plainPath],
  [networked.echo, echoPath],
]);

const latency = { delayMs: 400, jitterMs: 300 };
const throttledBytesPerSecond = 2_000;
const storm = { everyMs: 700, cuts: 12 };

/** The network between everybody and the server, to be broken at will. */
export class BreakableNetwork implements Disposable {
  readonly #proxy: FaultTunnel;
  #condition: Network["network"] = "fine";
  #storm: NodeJS.Timeout | undefined;

  constructor(proxy: FaultTunnel) {
    this.#proxy = proxy;
  }

  /** Takes an upgrade that is to go through it; false for another. */
  take(request: IncomingMessage, head: Uint8Array): boolean {
    const { url = "", socket } = request;
    const [path = ""] = url.split("?", 1);
    const exit = exits.get(path);
    if (exit === undefined) return false;
    this.#proxy.carry(socket, readdress(request, head, exit + url.slice(path.length)));
    return true;
  }

  get condition(): Network["network"] {
    return this.#condition;
  }

  apply(fault: Exclude<Fault, "restart" | "deploy" | "expire">): void {
    const proxy = this.#proxy;
    switch (fault) {
      case "cut":
        return proxy.cut();
      case "half-open":
        return proxy.halfOpen();
      case "blackhole":
        this.#become("blackhole");
        return proxy.blackhole();
      case "latency":
        this.#become("latency");
        return proxy.delay(latency.delayMs, latency.jitterMs);
      case "throttle":
        this.#become("throttle");
        return proxy.throttle(throttledBytesPerSecond);
      case "storm":
        this.#become("storm");
        return this.#blow();
      case "heal":
        return this.#become("fine");
    }
  }

  [Symbol.dispose](): void {
    this.#become("fine");
  }

  /** One condition at a time. */
  #become(condition: Network["network"]): void {
    clearInterval(this.#storm);
    this.#proxy.heal();
    this.#condition = condition;
  }

  #blow(): void {
    let cuts = 0;
    const cut = (): void => {
      this.#proxy.cut();
      if (++cuts === storm.cuts) this.#become("fine");
    };
    cut();
    this.#storm = setInterval(cut, storm.everyMs);
  }
}
