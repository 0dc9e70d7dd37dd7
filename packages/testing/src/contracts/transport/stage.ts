import type { DialRequest, Transport } from "@holdfast/core/driver";
import { expect } from "vitest";
import { type During, RecordedLink } from "../recorded-link.ts";

/** What a transport is tested with. */
export interface TransportSetup {
  /** Makes the transport under test; called once a test. */
  readonly transport: () => Transport;
  /** A server that echoes; `close:CODE:REASON` makes it close, `cut` makes it drop the socket. */
  readonly echoUrl: () => string;
  /** A loopback port that nobody listens on. */
  readonly refusedUrl: () => string;
}

/** One test's transport, and the links it dialled. */
export class Stage {
  readonly setup: TransportSetup;
  readonly #transport: Transport;
  readonly #links: RecordedLink[] = [];

  constructor(setup: TransportSetup) {
    this.setup = setup;
    this.#transport = setup.transport();
  }

  /** Dials, the echo server if nothing else is said. */
  dial(request: Partial<DialRequest> = {}, during?: During): RecordedLink {
    const whole: DialRequest = { url: this.setup.echoUrl(), protocols: [], ...request };
    const link = new RecordedLink(this.#transport, whole, during);
    this.#links.push(link);
    return link;
  }

  /** Dials the echo server and waits until the link is open. */
  async open(during?: During): Promise<RecordedLink> {
    const link = this.dial({}, during);
    await link.untilOpened();
    return link;
  }

  /**
   * A round trip on a link of its own. What the network still held for other links has come by then,
   * so what has not been told will not be.
   */
  async fence(): Promise<void> {
    const link = await this.open();
    await expectEcho(link, "fence");
    link.terminate();
  }

  /** What MUST hold of every link in every test. Ends them all. */
  strike(): void {
    for (const { wasEarly, story, told, toldAtTerminate } of this.#links) {
      const types = story.map(({ type }) => type);
      expect(wasEarly, "a listener was called inside dial").toBe(false);
      expect(types.lastIndexOf("opened"), "opened comes once and first").toBeLessThan(1);
      const closedAt = types.indexOf("closed");
      if (closedAt >= 0) expect(closedAt, "closed comes once and last").toBe(types.length - 1);
      if (types.includes("message")) expect(types[0], "opened comes before messages").toBe("opened");
      const expected = toldAtTerminate ?? told.length;
      expect(told.length, "nothing comes after terminate()").toBe(expected);
    }
    for (const link of this.#links) link.terminate();
  }
}

/** Sends text and expects it back, as the next message. */
export async function expectEcho(link: RecordedLink, text: string): Promise<void> {
  link.link.send(text);
  expect(await link.nextMessage()).toBe(text);
}
