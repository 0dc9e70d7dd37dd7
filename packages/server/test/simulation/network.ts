import type { SeededRandom } from "../../../testing/src/index.ts";
import type { Agenda } from "./agenda.ts";

/** What one end of a wire is told. */
export interface Side {
  opened?(wire: Wire): void;
  message(wire: Wire, text: string): void;
  closed(wire: Wire, code: number): void;
}

/** What the network does to messages, each a chance in [0, 1) a message; and to links. */
export interface Faults {
  readonly drop: number;
  readonly double: number;
  readonly replay: number;
  readonly truncate: number;
  readonly forge: number;
  /** A message waits so long at most. */
  readonly latencyMs: number;
}

export const noFaults: Faults = { drop: 0, double: 0, replay: 0, truncate: 0, forge: 0, latencyMs: 5 };

type End = "client" | "server";

/** One link. Order is kept; what is lost, doubled or late, the faults say. */
export class Wire {
  readonly id: number;
  readonly #network: Network;
  readonly #ends: Record<End, Side | undefined>;
  readonly #past: Record<End, string[]> = { client: [], server: [] };
  readonly #lastAt: Record<End, number> = { client: 0, server: 0 };
  /** A black hole: what is sent from now on does not arrive, and nobody is told. */
  #isBlack = false;

  constructor(id: number, network: Network, client: Side, server: Side) {
    this.id = id;
    this.#network = network;
    this.#ends = { client, server };
  }

  get isOpen(): boolean {
    return this.#ends.client !== undefined && this.#ends.server !== undefined;
  }

  open(): void {
    this.#tell("client", (side) => side.opened?.(this));
  }

  send(from: End, text: string): void {
    const to: End = from === "client" ? "server" : "client";
    const { random, faults } = this.#network;
    const happens = (chance: number): boolean => chance > 0 && random.next() < chance;
    const message = (said: string): void => this.#tell(to, (side) => side.message(this, said));
    // What a handshake loses costs only time: let it through, and play with what carries records.
    if (!text.startsWith('["data') && !text.startsWith('["ack') && !text.startsWith('["vol'))
      return message(text);
    if (happens(faults.replay) && this.#past[to].length) message(random.pick(this.#past[to]));
    if (happens(faults.forge)) message(`["ack",${random.integer(500, 5_000)}]`);
    if (happens(faults.drop)) return;
    message(happens(faults.truncate) ? text.slice(0, random.integer(0, text.length - 1)) : text);
    if (happens(faults.double)) message(text);
    this.#past[to].push(text);
    if (this.#past[to].length > 16) this.#past[to].shift();
  }

  /** One end closes, with a code: it hears nothing more, the other is told if the network lets it. */
  close(from: End, code: number): void {
    if (!this.#ends[from]) return;
    this.#ends[from] = undefined;
    this.#tell(from === "client" ? "server" : "client", (side) => this.#end(side, code));
  }

  /** The network breaks: `who` is told, the others find out by themselves. */
  break(who: readonly End[]): void {
    const sides = who.map((end) => this.#ends[end]);
    for (const end of who) this.#ends[end] = undefined;
    this.#isBlack = true;
    for (const side of sides) if (side) this.#network.agenda.plan(1, () => side.closed(this, 1006));
  }

  #end(side: Side, code: number): void {
    this.#ends.client = this.#ends.server = undefined;
    side.closed(this, code);
  }

  #tell(to: End, tell: (side: Side) => void): void {
    if (this.#isBlack) return;
    const { agenda, random, faults } = this.#network;
    const at = Math.max(agenda.now + random.next() * faults.latencyMs, this.#lastAt[to]);
    this.#lastAt[to] = at;
    agenda.plan(at - agenda.now, () => {
      const side = this.#ends[to];
      if (side) tell(side);
    });
  }
}

/** Where wires are made. */
export class Network {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly wires: Wire[] = [];
  faults: Faults = noFaults;
  /** Nobody gets through. */
  isDown = false;

  constructor(agenda: Agenda, random: SeededRandom) {
    this.agenda = agenda;
    this.random = random;
  }

  dial(client: Side, server: Side): Wire {
    const wire = new Wire(this.wires.length + 1, this, client, server);
    this.wires.push(wire);
    if (this.isDown) wire.break(["client"]);
    else wire.open();
    return wire;
  }
}
