import { Socket } from "node:net";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Budget, Direction, Faults } from "./faults.ts";
import { type Meter, Pump } from "./pump.ts";
import { reset } from "./reset.ts";
import type { Address } from "./target.ts";

/** What a pair is made of. */
export interface PairParts {
  readonly client: Socket;
  /** What the client is taken to have said first. */
  readonly head: Uint8Array | undefined;
  readonly to: Address;
  readonly faults: Faults;
  readonly random: SeededRandom;
  /** Counts what passed. */
  readonly count: (direction: Direction, bytes: number) => void;
}

/** One connection through the proxy: the client's socket, ours to the server, and a pump each way. */
export class Pair {
  /** Settles when both sockets are closed. */
  readonly gone: Promise<unknown>;
  readonly #parts: PairParts;
  readonly #client: Socket;
  readonly #server: Socket = new Socket({ allowHalfOpen: true });
  readonly #up: Pump;
  readonly #down: Pump;
  #budget: Budget | undefined;
  #phase: "held" | "through" | "half-open" | "cut" = "held";

  constructor(parts: PairParts) {
    const { client, head, faults, random } = parts;
    this.#parts = parts;
    this.#client = client;
    this.#budget = faults.budget;
    this.#server.setNoDelay(true);
    this.#up = new Pump({
      from: client,
      to: this.#server,
      faults,
      random,
      meter: this.#meter("up"),
    });
    this.#down = new Pump({
      from: this.#server,
      to: client,
      faults,
      random,
      meter: this.#meter("down"),
    });
    if (head?.length) this.#up.lead(head);
    // Its end was told before anybody here could hear it.
    if (client.readableEnded) this.#up.end("end");
    this.gone = Promise.all([closed(client), closed(this.#server)]);
    this.look();
  }

  /** Whether neither side has ended, as far as we were told. */
  get isLive(): boolean {
    const isWhole = ({ destroyed, readableEnded }: Socket): boolean => !destroyed && !readableEnded;
    return (
      (this.#phase === "held" || this.#phase === "through") && isWhole(this.#client) && isWhole(this.#server)
    );
  }

  /** Looks at the faults again. */
  look(): void {
    if (this.#phase === "held" && !this.#parts.faults.isBlackhole) {
      this.#phase = "through";
      const { host, port } = this.#parts.to;
      this.#server.connect({ host, port });
    }
    this.#up.flush();
    this.#down.flush();
  }

  /** From now on this pair may pass so much. */
  allow(budget: Budget | undefined): void {
    this.#budget = budget;
  }

  /** Resets both sides. */
  cut(): void {
    this.#phase = "cut";
    reset(this.#client);
    reset(this.#server);
    this.#stop();
  }

  /** The server goes; the client is not told. */
  halfOpen(): void {
    this.#phase = "half-open";
    reset(this.#server);
    this.#stop();
  }

  /** Ends both sides, without a reset. */
  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
    this.#stop();
  }

  #stop(): void {
    this.#up.stop();
    this.#down.stop();
  }

  #meter(direction: Direction): Meter {
    return {
      take: (bytes) => {
        const taken = this.#counts(direction) ? Math.min(bytes, this.#budget?.leftBytes ?? bytes) : bytes;
        this.#spend(direction, taken);
        return taken;
      },
      wrote: () => {
        if (this.#counts(direction) && this.#budget?.leftBytes === 0) this.cut();
      },
    };
  }

  #counts(direction: Direction): boolean {
    return this.#budget !== undefined && (this.#budget.direction ?? direction) === direction;
  }

  #spend(direction: Direction, bytes: number): void {
    this.#parts.count(direction, bytes);
    if (!this.#budget || !this.#counts(direction)) return;
    this.#budget = { ...this.#budget, leftBytes: this.#budget.leftBytes - bytes };
  }
}

/** When a socket is closed, however it came to it. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once("close", resolve));
}
