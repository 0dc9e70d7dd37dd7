import { SimulatedNetwork } from "../../../testing/src/index.ts";
import { pickWeighted } from "../whole/act.ts";
import { Desk } from "../session/desk.ts";
import type { Door } from "./door.ts";
import type { Line } from "./line.ts";
import { Page } from "./page.ts";
import type { World } from "./world.ts";

/** What a browser keeps of a page that was left, to come back to. */
interface Kept {
  readonly page: Page;
  /** What it has left. */
  readonly text: string | null;
}

/** One tab of a browser: a page at a time, those that it keeps, and where a page leaves something for the next one. */
export class Tab {
  readonly desk: Desk;
  readonly network: SimulatedNetwork;
  readonly #world: World;
  readonly #kept: Kept[] = [];
  /** `undefined`: somebody else's page is looked at. */
  page: Page | undefined;
  who: string;
  /** What a page has left for the next one. */
  left: Line | undefined;

  constructor(world: World, door: Door, text: string | null = null) {
    this.#world = world;
    this.desk = new Desk(text);
    this.network = new SimulatedNetwork(world.clock, (link, request) => door.accept(link, request));
    this.network.latencyMs = world.random.integer(0, 40);
    this.who = world.random.pick(["ada", "bob"]);
    this.open();
  }

  open(): void {
    this.page = new Page(this.#world, this);
  }

  /** What users do with tabs. */
  async disturb(): Promise<void> {
    const { random, clock } = this.#world;
    await clock.advanceAsync(0);
    if (!this.page) return random.next() < 0.5 ? this.#back() : this.open();
    const frozenMs = random.integer(1, 3_000);
    await pickWeighted<() => unknown>(random, [
      [35, () => this.#reload()],
      [7, () => this.#crash()],
      [20, () => this.#hide()],
      [20, () => this.#back()],
      [8, () => this.#mountTwice()],
      [10, () => this.#freeze(frozenMs)],
      [5, () => this.page?.close()],
    ])();
    await clock.advanceAsync(0);
  }

  /** What is kept is thrown away, and what is looked at is ours. */
  settle(): void {
    for (const { page } of this.#kept.splice(0)) this.#end(page);
    if (this.page?.isOver) this.#end(this.page);
    if (!this.page) this.open();
    this.page?.client.open();
  }

  /** A page goes for good, and the next one comes. */
  async #reload(): Promise<void> {
    const { random, clock, lived } = this.#world;
    lived.reloaded++;
    await this.#leave();
    if (random.next() < 0.2) await clock.advanceAsync(random.integer(1, 2_500));
    this.open();
  }

  /** As React does in its strict mode: a client is made, closed, and made again. */
  async #mountTwice(): Promise<void> {
    const { random, clock } = this.#world;
    await this.#leave();
    this.open();
    await clock.advanceAsync(random.pick([0, 20, 200]));
    this.page?.close();
    // Closed, and not over after all.
    if (random.next() < 0.3) this.page?.client.reconnect();
    await clock.advanceAsync(random.pick([0, 100, 5_000]));
    if (this.page) await this.#leave();
    this.open();
  }

  /** It is looked away from, and does nothing for a while. */
  async #freeze(ms: number): Promise<void> {
    const { page } = this;
    page?.adapter.notice("asleep");
    page?.lifetime.freeze();
    await this.#world.clock.advanceAsync(ms);
    page?.adapter.notice("awake");
    page?.lifetime.thaw();
  }

  /** Another page is looked at, and the browser keeps this one. */
  async #hide(): Promise<void> {
    const { random, clock } = this.#world;
    const page = this.page as Page;
    page.leave();
    page.adapter.notice("asleep");
    await clock.advanceAsync(0);
    page.own.rest(page.isOver);
    if (random.next() < 0.8) for (const link of page.adapter.links) link.close(1001, "");
    page.place.freeze();
    page.lifetime.freeze();
    this.#kept.push({ page, text: page.isOver ? null : this.desk.text });
    this.page = undefined;
    if (random.next() < 0.5) this.open();
  }

  /** Back to the page before, which the browser has kept. */
  async #back(): Promise<void> {
    const { lived } = this.#world;
    const kept = this.#kept.pop();
    if (!kept) return;
    if (this.page) await this.#leave();
    const { page, text } = kept;
    const isReplaced = text !== null && this.desk.text !== text;
    lived.returned++;
    if (isReplaced) lived.replaced++;
    page.own.goOn(isReplaced);
    this.page = page;
    page.lifetime.thaw();
    page.place.comeBack();
    page.adapter.notice("awake");
  }

  /** It goes, and for a moment it still runs. */
  async #leave(): Promise<void> {
    const { random, clock } = this.#world;
    const page = this.page as Page;
    page.leave();
    await clock.advanceAsync(random.pick([0, 0, 20]));
    page.own.rest(page.isOver);
    this.#end(page);
  }

  /** Nobody tells it that it goes. */
  #crash(): void {
    const page = this.page as Page;
    page.own.crashed();
    this.#end(page);
    this.open();
  }

  #end(page: Page): void {
    page.place.freeze();
    for (const link of page.adapter.links) {
      pickWeighted(this.#world.random, [
        [1, () => link.close(1001, "")],
        [1, () => link.terminate()],
        // Nobody hears of it.
        [1, () => {}],
      ])();
    }
    page.lifetime.end();
    if (this.page === page) this.page = undefined;
  }
}
