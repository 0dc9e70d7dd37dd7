import type { Clock, DialRequest, Link, LinkListener, Transport } from "@holdfast/core/driver";
import { Puppet } from "./puppet.ts";
import type { ScriptedLink } from "./scripted-link.ts";

/** How a scripted transport behaves on its own. */
export interface ScriptedTransportOptions {
  /** What counts as "a moment later"; without it, a microtask. */
  readonly clock?: Clock | undefined;
  /**
   * Whether links open, and answer our `close`, on their own a moment later.
   *
   * @defaultValue false
   */
  readonly auto?: boolean | undefined;
  /**
   * Whether links have `ping`; browsers' have not.
   *
   * @defaultValue "on"
   */
  readonly ping?: "on" | "off" | undefined;
}

/** Makes a transport whose network is the test. */
export function scriptedTransport(options: ScriptedTransportOptions = {}): ScriptedTransport {
  return new ScriptedTransport(options);
}

/** A transport whose links do what the test says, and tell what was done to them. */
export class ScriptedTransport implements Transport {
  readonly #links: Puppet[] = [];
  readonly #options: ScriptedTransportOptions;
  #isFenced = false;

  constructor(options: ScriptedTransportOptions) {
    this.#options = options;
  }

  /** Every link ever dialled, in order. */
  get links(): readonly ScriptedLink[] {
    return this.#links;
  }

  /**
   * The newest link.
   *
   * @throws when nothing was dialled yet.
   */
  get last(): ScriptedLink {
    const last = this.#links.at(-1);
    if (!last) throw new Error("nothing was dialled yet");
    return last;
  }

  /** How many links were dialled and are neither closed nor terminated: 1 at most, if nothing leaks. */
  get open(): number {
    return this.#links.filter(({ phase }) => phase !== "closed" && phase !== "terminated").length;
  }

  /** From now on every dial fails, a moment after it was made. Links that are open stay so. */
  fence(): void {
    this.#isFenced = true;
  }

  /** Dials are again what they were. */
  unfence(): void {
    this.#isFenced = false;
  }

  /**
   * Notes the dial. The listener hears of it when the test, or `auto`, lets it.
   *
   * @throws SyntaxError for a url that is not `ws:` or `wss:`, as a browser does.
   */
  dial(request: DialRequest, listener: LinkListener): Link {
    if (!/^wss?:/.test(request.url) || !URL.canParse(request.url)) {
      throw new SyntaxError(`no socket can be made of ${request.url}`);
    }
    const { auto = false, ping = "on" } = this.#options;
    let cancel: () => void = nothing;
    const link: Puppet = new Puppet({
      ordinal: this.#links.length + 1,
      request,
      listener,
      hasPing: ping === "on",
      hungUp: () => {
        cancel();
        if (auto) cancel = this.#soon(() => isHungUp(link) && link.answerClose());
      },
      dropped: () => cancel(),
    });
    this.#links.push(link);
    const isDoomed = this.#isFenced;
    if (auto || isDoomed) cancel = this.#soon(() => this.#decide(link, isDoomed));
    return link.link;
  }

  #decide(link: Puppet, isDoomed: boolean): void {
    if (link.phase !== "connecting") return;
    if (isDoomed || this.#isFenced) link.fail();
    else link.open();
  }

  #soon(callback: () => void): () => void {
    const { clock } = this.#options;
    if (clock) return clock.schedule(0, callback);
    queueMicrotask(callback);
    return nothing;
  }
}

function isHungUp({ phase }: ScriptedLink): boolean {
  return phase === "closing" || phase === "aborting";
}

function nothing(): void {}
