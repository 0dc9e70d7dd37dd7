import type { DialRequest, LinkListener } from "@holdfast/core";
import type { ServerEnd } from "../../../testing/src/index.ts";
import { Process } from "./process.ts";
import type { World } from "./world.ts";

/** Where clients dial: leads to the process that serves now, or to the one they were sent to. */
export class Door {
  readonly #world: World;
  readonly processes: Process[] = [];
  /** `undefined`: nobody is there. */
  process: Process | undefined;

  constructor(world: World) {
    this.#world = world;
    this.process = this.start();
  }

  start(): Process {
    const process = new Process(this.#world);
    this.processes.push(process);
    return process;
  }

  accept(link: ServerEnd, request: DialRequest): LinkListener {
    const process = this.processes.find(({ url }) => url === request.url) ?? this.process;
    if (process?.isOpen) return process.accept(link, request);
    this.#world.clock.schedule(0, () => link.terminate());
    return { opened() {}, message() {}, heard() {}, closed() {} };
  }

  /** What operators do, and what happens to them. */
  async disturb(): Promise<void> {
    const { random } = this.#world;
    const { process } = this;
    if (!process?.isOpen) {
      if (random.next() < 0.3) this.process = this.start();
      return;
    }
    const roll = random.next();
    if (roll < 0.012) {
      // In the middle of nothing: a turn is all or nothing to those that are in it.
      await this.#world.clock.advanceAsync(0);
      this.#crash(process);
    } else if (roll < 0.02) this.#restart(process);
    else if (roll < 0.032) this.#roll(process);
  }

  #crash(process: Process): void {
    this.#world.lived.crashed++;
    process.crash(this.#world.random.next() < 0.5);
    this.process = undefined;
  }

  #restart(process: Process): void {
    this.#world.lived.restarted++;
    process.close();
    this.process = undefined;
  }

  /** A deploy: the old process asks its clients to move, with an address or without, and ends. */
  #roll(old: Process): void {
    const { random, lived } = this.#world;
    lived.drained++;
    const how = random.pick(["address", "at once", "gap"]);
    const next = how === "gap" ? undefined : this.start();
    if (how === "address") old.redirect = next?.url;
    if (how === "at once") this.process = next;
    const end = async (): Promise<void> => {
      await old.server.drain({ withinMs: random.integer(0, 2_000) });
      old.close();
      if (this.process === old) this.process = next;
    };
    old.claims.call("drain", end(), undefined, []);
  }
}
