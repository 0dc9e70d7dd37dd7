import { check, HoldfastError } from "@holdfast/core/exchange";
import { closeCodes, type Hello } from "@holdfast/core/session";
import type { Identity, ServerOptions, Welcomed } from "../options.ts";
import type { HostedLink } from "./hosted-link.ts";
import type { HostedSession } from "./hosted-session.ts";
import type { Hub } from "./hub.ts";

/** Who everybody is where nobody is asked. */
const anonymous: Welcomed<Identity> = { identity: { id: "anonymous" } };

/** What a provider says is checked here, and not where it would break something. @throws HoldfastError `CONFIG` */
function sound(welcomed: Welcomed<Identity>): Welcomed<Identity> {
  const { identity, rooms, expiresAt } = welcomed;
  check("identity.id", identity?.id, typeof identity?.id === "string", "a string");
  check("rooms", rooms, rooms === undefined || Array.isArray(rooms), "a list");
  const isTime = expiresAt === undefined || !Number.isNaN(Number(expiresAt));
  check("expiresAt", expiresAt, isTime, "a date or milliseconds");
  return welcomed;
}

/** Where clients say who they are, when they come and again when their credential expires. */
export class Reception {
  readonly #hub: Hub;
  readonly #authenticate: ServerOptions["authenticate"];

  constructor(hub: Hub, authenticate: ServerOptions["authenticate"]) {
    this.#hub = hub;
    this.#authenticate = authenticate;
  }

  /** Whether anybody reads the request of an upgrade. */
  get asks(): boolean {
    return this.#authenticate !== undefined;
  }

  /** A client says who it is; what is decided depends on who else is here when that is known. */
  async greet(link: HostedLink, hello: Hello): Promise<void> {
    const welcomed = await this.#ask(link, hello.credential);
    if (link.isGone || !welcomed) return;
    if (this.#hub.admit(link, hello, welcomed)) link.expire(this.#msUntil(welcomed.expiresAt));
  }

  /** A client says again who it is. */
  async refresh(link: HostedLink, session: HostedSession, credential: unknown): Promise<void> {
    const welcomed = await this.#ask(link, credential);
    if (link.isGone || session.link !== link || !welcomed) return;
    const { identity, rooms = [], expiresAt } = welcomed;
    if (identity.id !== session.identity.id) return link.hangUp(closeCodes.refused, "another identity");
    session.identity = identity;
    for (const room of rooms) session.join(room);
    const expiresInMs = this.#msUntil(expiresAt);
    link.authenticated(expiresInMs);
    link.expire(expiresInMs);
  }

  async #ask(link: HostedLink, credential: unknown): Promise<Welcomed<Identity> | undefined> {
    if (!this.#authenticate) return anonymous;
    const askedAtMs = this.#hub.clock.epochMs();
    // Whatever it throws, it throws inside.
    try {
      const { request, signal } = link;
      const welcomed = await this.#authenticate({ request, credential, signal });
      if (!welcomed) link.hangUp(closeCodes.refused, "the credential was refused");
      else if (welcomed === "expired") sayExpired(link);
      else if (this.#msUntil(sound(welcomed).expiresAt) !== 0) return welcomed;
      else if (!link.isGone) this.#turnAway(link, welcomed.expiresAt, askedAtMs);
    } catch (error) {
      if (link.isGone) return undefined;
      this.#hub.failed(undefined, "authenticate", error);
      link.hangUp(closeCodes.internal, "nobody could be asked who this is");
    }
    return undefined;
  }

  /** A credential holds no more. That it expired while it was checked can happen; that it had before is a mistake, and told. */
  #turnAway(link: HostedLink, expiresAt: Welcomed<Identity>["expiresAt"], askedAtMs: number): void {
    if (Number(expiresAt) <= askedAtMs) {
      const words = `expiresAt must be milliseconds since the epoch, in the future, but is ${String(expiresAt)}`;
      this.#hub.failed(undefined, "authenticate", new HoldfastError("CONFIG", words));
    }
    sayExpired(link);
  }

  #msUntil(expiresAt: number | Date | undefined): number | undefined {
    const expiresAtMs = Number(expiresAt ?? Infinity);
    // What the protocol has no number for is for ever.
    if (expiresAtMs > Number.MAX_SAFE_INTEGER) return undefined;
    return Math.max(0, expiresAtMs - this.#hub.clock.epochMs());
  }
}

/** The client asks for another credential, and comes back with it. */
function sayExpired(link: HostedLink): void {
  link.hangUp(closeCodes.credentialExpired, "the credential has expired");
}
