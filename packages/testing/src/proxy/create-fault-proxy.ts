import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import type { FaultTunnelOptions } from "./create-fault-tunnel.ts";
import type { FaultProxy } from "./fault-proxy.ts";
import { type Address, addressOf } from "./target.ts";
import { Tunnel } from "./tunnel.ts";

/** Where a proxy leads. */
export type FaultProxyOptions = FaultTunnelOptions;

/** Starts a TCP proxy on a free port of 127.0.0.1, behind which the network does what the test says. */
export async function createFaultProxy({ to, seed = 1 }: FaultProxyOptions): Promise<FaultProxy> {
  const address = addressOf(to);
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new TcpProxy(server, address, seededRandom(seed));
}

class TcpProxy extends Tunnel implements FaultProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #closed: Promise<unknown>;
  readonly #to: Address;

  constructor(server: Server, to: Address, random: SeededRandom) {
    super(to, random);
    this.#server = server;
    this.#to = to;
    this.#closed = new Promise((resolve) => server.once("close", resolve));
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.carry(client));
  }

  url(path: string = this.#to.path): string {
    return `${this.#to.scheme}//127.0.0.1:${this.port}${path}`;
  }

  override async close(): Promise<void> {
    this.#server.close();
    await Promise.all([this.#closed, super.close()]);
  }
}
