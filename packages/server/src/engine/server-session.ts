import {
  type CommonFrame,
  type Frame,
  type Heard,
  type Instant,
  never,
  violated,
} from "@holdfast/core/session";
import type { ServerLimits } from "./limits.ts";
import { ServerEnd } from "./server-end.ts";
import { isSameHash } from "./tombstones.ts";

/** A link as the engine names it. Never used twice. */
export type LinkId = number;

/** Where a session is: on a link, waiting for one, or over. */
export type Standing =
  | { readonly phase: "attached"; readonly linkId: LinkId }
  | { readonly phase: "parked"; readonly since: Instant; readonly expiresAt: Instant }
  | { readonly phase: "dead"; readonly reason: string };

/** One session as a server keeps it. */
export class ServerSession {
  readonly id: string;
  readonly identityId: string;
  readonly end: ServerEnd;
  standing: Standing = { phase: "parked", since: never, expiresAt: never };
  /** How often it was attached. */
  generation = 0;
  /** The client's dial that was attached last. */
  attempt = 0;
  /** Whether a frame came after `welcome`, so that the client has its token. */
  isConfirmed = false;
  /** What the server knows its outbox, and the answers that wait for room in it, to hold. */
  weighedBytes = 0;
  /** Where it stands among those that hold something. */
  weightsIndex: number | undefined;
  /** Its outbox was given away: the next resume is `lost`. */
  isOverflowed = false;
  #tokenHash = "";
  #previousTokenHash: string | undefined;

  constructor(id: string, identityId: string, limits: ServerLimits) {
    this.id = id;
    this.identityId = identityId;
    this.end = new ServerEnd(limits);
  }

  /** The hashes that prove ownership. */
  get tokenHashes(): readonly string[] {
    return this.#previousTokenHash === undefined
      ? [this.#tokenHash]
      : [this.#tokenHash, this.#previousTokenHash];
  }

  /** Whether a token's hash proves ownership. */
  accepts(tokenHash: string): boolean {
    return this.tokenHashes.reduce((found, own) => isSameHash(own, tokenHash) || found, false);
  }

  /** A new token goes out; the one that was presented stays good until it is known to have arrived. PROTOCOL.md section 6.3. */
  rotate(tokenHash: string, presented: string | undefined): void {
    this.#previousTokenHash = presented;
    this.#tokenHash = tokenHash;
  }

  /** The client has its token. PROTOCOL.md section 6.3. */
  confirm(): void {
    this.isConfirmed = true;
    this.#previousTokenHash = undefined;
  }

  /** Whether this is the link it is attached to; what any other says or asks for does not count. */
  isOn(linkId: LinkId): boolean {
    return this.standing.phase === "attached" && this.standing.linkId === linkId;
  }

  /** A frame arrived after `welcome`, of so many characters. `undefined`: on a link that was taken over. */
  hear(linkId: LinkId, frame: Frame, characters: number, now: Instant): Heard | undefined {
    if (!this.isOn(linkId)) return undefined;
    // A ping may have been on its way before.
    if (frame[0] !== "ping" && frame[0] !== "pong") this.confirm();
    return isCommon(frame) ? this.end.hear(frame, characters, now) : violated;
  }
}

const own: ReadonlySet<string> = new Set(["welcome", "auth", "authenticated", "drain"]);

/** Whether it is a frame that a client may send as well as a server. */
function isCommon(frame: Frame): frame is CommonFrame {
  return !own.has(frame[0]);
}
