import * as closeCodes from "../protocol/close-codes.ts";
import { decode } from "../protocol/decode.ts";
import { encode } from "../protocol/encode.ts";
import type { Instant } from "../protocol/instant.ts";
import type { Hello, Welcome } from "../protocol/shapes.ts";
import { type Aftermath, settleLost } from "../session/lost.ts";
import type { Kept, Outgoing, Ticket } from "../session/outbox.ts";
import type { Remains } from "../session/session.ts";
import { End, type EndLimits } from "./end.ts";
import { type Heard, nothing } from "./heard.ts";

/** What a client bears, and says so in `hello`. */
export interface ClientLimits extends EndLimits {
  readonly maxMessageBytes: number;
}

/** What another page needs to go on with a session. PROTOCOL.md section 6.6. */
export interface Stored {
  readonly key: NonNullable<Hello["session"]>;
  readonly attempt: number;
  readonly remains: Remains;
}

/** What a message says to who uses the engine. */
export type ClientHeard =
  | Heard
  /** The link is greeted. */
  | {
      readonly type: "greeted";
      readonly outcome: "opened" | "resumed";
      readonly tickets: readonly Ticket[];
      /** What waited and is larger than this server takes; it is withdrawn. */
      readonly tooLarge: readonly Outgoing[];
    }
  /** The link is greeted, but for a new session: `again` is to be sent, and handlers are to be ended. */
  | {
      readonly type: "lost";
      readonly reason: string;
      readonly aftermath: Aftermath;
    }
  /** The server wants a fresh credential. */
  | { readonly type: "credential" }
  /** The server wants this link to end soon. */
  | { readonly type: "drain"; readonly withinMs: number; readonly url?: string | undefined };

/** The client's end: a session over one link after another. Pure. PROTOCOL.md section 6. */
export class ClientEngine {
  readonly #limits: ClientLimits;
  #end: End;
  #key: Hello["session"];
  #terms: Welcome | undefined;
  #attempt = 0;
  /** The newest link has been welcomed. */
  #isGreeted = false;
  #isRestarted = false;

  constructor(limits: ClientLimits, stored?: Stored) {
    this.#limits = limits;
    this.#end = new End(limits);
    if (!stored) return;
    this.#key = stored.key;
    this.#attempt = stored.attempt;
    this.#isRestarted = true;
    this.#end.restore(stored.remains);
  }

  /** The end of the session that is now. */
  get end(): End {
    return this.#end;
  }

  /** What the server said last, if the session was welcomed by it: to us, and not only to a page that is gone. */
  get terms(): Welcome | undefined {
    return this.#terms;
  }

  /** The session's id, once there is one. */
  get sessionId(): string | undefined {
    return this.#key?.id;
  }

  /** For another page to go on with; `undefined` when there is no session. */
  get stored(): Stored | undefined {
    return this.#key && { key: this.#key, attempt: this.#attempt, remains: this.#end.remains };
  }

  /**
   * The first message on a new link. The attempt is the time, if that goes forward: a page that is gone, or was closed before it was
   * welcomed, may have made some that its next one knows nothing of.
   */
  hello(credential: unknown, epochMs: number): string {
    const { windowBytes: window, maxMessageBytes } = this.#limits;
    this.detach();
    this.#attempt = Math.max(this.#attempt + 1, epochMs);
    return encode([
      "hello",
      {
        version: 1,
        session: this.#key,
        received: this.#key && this.#end.position,
        attempt: this.#attempt,
        restarted: this.#isRestarted || undefined,
        window,
        maxMessageBytes,
        credential,
      },
    ]);
  }

  /** The link is lost; the session is not. */
  detach(): void {
    this.#isGreeted = false;
    this.#end.detach();
  }

  /** A message arrived on the newest link. */
  receive(text: string, now: Instant): ClientHeard {
    const frame = decode(text);
    if ("malformed" in frame) return broken(frame.malformed);
    if (frame[0] === "welcome") {
      return this.#isGreeted ? broken("welcome, unasked") : this.#welcome(frame[1], now);
    }
    if (!this.#isGreeted && frame[0] !== "ping" && frame[0] !== "pong") {
      return broken(`${frame[0]} before welcome`);
    }
    if (frame[0] === "auth") return { type: "credential" };
    if (frame[0] === "authenticated") return nothing;
    if (frame[0] === "drain") return { ...frame[1], type: "drain" };
    return this.#end.hear(frame, text.length, now);
  }

  /** The session is over on this side; what it leaves. */
  reset(): readonly Kept[] {
    const kept = this.#end.empty();
    this.#end = new End(this.#limits);
    this.#key = this.#terms = undefined;
    this.#isGreeted = this.#isRestarted = false;
    return kept;
  }

  #welcome(welcome: Welcome, now: Instant): ClientHeard {
    const { outcome, received, reason = "unknown" } = welcome;
    if ((outcome === "opened") === !!this.#key) return broken(`${outcome}, unasked`);
    if (outcome === "resumed" && received === undefined) return broken("no received");
    if (outcome === "lost") {
      // A position that cannot be tells nothing.
      const isKnown = received !== undefined && this.#end.couldHave(received);
      // A server that has forgotten the session knows nothing of whose it was.
      const isOurs = this.#key?.identity === welcome.session.identity;
      const aftermath = settleLost(this.reset(), isKnown ? received : undefined);
      this.#attach(welcome, 0, now);
      return { type: "lost", reason: isOurs ? reason : "identity", aftermath };
    }
    const tickets = this.#attach(welcome, received ?? 0, now);
    // The next dial hears what it has: with a code of this range the session ends at the server.
    if (!tickets) return broken("a position that cannot be", closeCodes.stateLost);
    const tooLarge = this.#end.withdrawLarger(welcome.maxMessageBytes);
    return { type: "greeted", outcome, tickets, tooLarge };
  }

  /** Goes on over a link that was welcomed. `undefined`: from a position that the server cannot have. */
  #attach(welcome: Welcome, position: number, now: Instant): readonly Ticket[] | undefined {
    const tickets = this.#end.attach(position, welcome);
    if (tickets) {
      this.#terms = welcome;
      this.#key = welcome.session;
      this.#isGreeted = true;
      this.#isRestarted = false;
      // So the server learns that the token arrived.
      this.#end.tell(now);
    }
    return tickets;
  }
}

function broken(reason: string, code: number = closeCodes.protocol): ClientHeard {
  return { type: "broken", code, reason };
}
