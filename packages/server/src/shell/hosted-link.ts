import { byteLength, type Clock, type Close, flowMs, type LinkListener } from "@holdfast/core/exchange";
import {
  after,
  closeCodes,
  decode,
  decodeHello,
  encode,
  type Frame,
  type Heard,
  type Hello,
  type Instant,
  type Malformed,
  never,
} from "@holdfast/core/session";
import type { LinkId } from "../engine/server-session.ts";
import { Pulse } from "../engine/pulse.ts";
import type { ServerLink } from "../ports/server-link.ts";
import { Credential } from "./credential.ts";
import { Departure } from "./departure.ts";
import type { HostedSession } from "./hosted-session.ts";
import type { Hub } from "./hub.ts";
import type { Waker } from "./wheel.ts";

const maxHelloBytes = 16_384;
/** More than this in a socket, and what may be dropped is. */
const idleBytes = 65_536;
/** What a client has to take at least. PROTOCOL.md section 3. */
const leastMessageBytes = 1_024;
/** Frames, acks and pongs beside what is in flight. */
const slackBytes = 1_048_576;

/** One socket at the server: it waits for hello, is being asked about, carries a session, or is gone. */
export class HostedLink implements LinkListener, Waker {
  readonly id: LinkId;
  readonly request: unknown;
  readonly #link: ServerLink;
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #pulse: Pulse;
  #controller: AbortController | undefined;
  readonly #helloBy: Instant;
  #phase: "silent" | "asking" | "attached" | "gone" = "silent";
  #session: HostedSession | undefined;
  /** Where one expires, or was said anew. */
  #credential: Credential | undefined;
  /** Where the server drains. */
  #departure: Departure | undefined;
  #pongsOwed = 0;

  constructor(hub: Hub, id: LinkId, link: ServerLink, request: unknown) {
    this.#hub = hub;
    this.#clock = hub.clock;
    this.#link = link;
    this.id = id;
    this.request = request;
    const now = this.#clock.now();
    this.#pulse = new Pulse(hub.limits.heartbeat, now);
    this.#helloBy = after(now, hub.handshakeMs);
    hub.wheel.set(this, this.#helloBy);
  }

  /** Aborts when it is gone. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Whether it takes what may be dropped. */
  get isIdle(): boolean {
    return this.#link.bufferedBytes < idleBytes;
  }

  /** Whether it was written to a moment ago: what follows is a flow. */
  get isWarm(): boolean {
    return this.#clock.now() - this.#pulse.sentAt < flowMs;
  }

  get isGone(): boolean {
    return this.#phase === "gone";
  }

  opened(): void {}

  heard(): void {
    this.#pulse.heardAt = this.#clock.now();
  }

  message(data: string | Uint8Array): void {
    if (this.#phase === "gone") return;
    const now = this.#clock.now();
    this.#pulse.heardAt = now;
    if (typeof data !== "string") return this.hangUp(closeCodes.protocol, "a binary message");
    if (this.#phase !== "attached" && byteLength(data) > maxHelloBytes) {
      return this.hangUp(closeCodes.tooLarge, "a hello of more than 16 KiB");
    }
    if (this.#phase === "attached") {
      const frame = decode(data);
      return "malformed" in frame ? this.#misheard(frame) : this.#hear(frame, data.length, now);
    }
    const frame = decodeHello(data);
    if ("malformed" in frame) return this.#misheard(frame);
    if (frame[0] === "ping") return this.write("pong");
    if (frame[0] === "pong") return this.#hearPong();
    if (frame[0] !== "hello") return this.hangUp(closeCodes.protocol, `${frame[0]} before hello`);
    if (this.#phase === "asking") return this.hangUp(closeCodes.protocol, "a second hello");
    this.#greet(frame[1]);
  }

  closed({ code, reason }: Close): void {
    if (this.#phase === "gone") return;
    this.#leave();
    this.#hub.left(this, this.#session, code, reason);
  }

  /** Closes with a code, and lets go at once: nobody waits for the answer. */
  hangUp(code: number, reason: string): void {
    if (this.#phase === "gone") return;
    if (this.#phase !== "attached") this.#hub.events.emit("refused", { code, reason });
    this.#link.close(code, reason);
    this.#leave();
    this.#hub.left(this, this.#session, code, reason);
  }

  /** Somebody else has its session. */
  detach(code: number, reason: string): void {
    this.#session = undefined;
    this.hangUp(code, reason);
  }

  /** The session it carries from now on. */
  attach(session: HostedSession, welcome: string): void {
    if (this.isGone) return;
    this.#phase = "attached";
    this.#session = session;
    session.link = this;
    this.write(welcome);
    this.depart();
    this.#hub.wheel.set(this, this.#pulse.deadline);
  }

  /** Is let go, if the server drains. */
  depart(): void {
    const { draining } = this.#hub;
    if (!draining || !this.#session) return;
    const withinMs = Math.max(0, Math.round(draining.until - this.#clock.now()));
    this.#departure?.stop();
    this.#departure = new Departure(this, this.#session, this.#clock, withinMs, draining.url);
  }

  /** Has had its time. */
  hurry(): void {
    this.#departure?.hurry();
  }

  /** Its session was served. */
  served(): void {
    this.#departure?.look();
  }

  /** Who it is holds so long; `undefined`: for ever. */
  expire(expiresInMs: number | undefined): void {
    if (this.isGone || (expiresInMs === undefined && !this.#credential)) return;
    this.#credential ??= new Credential();
    this.#credential.accept(this.#clock.now(), expiresInMs);
    this.#hub.wheel.set(this, this.#credential.deadline);
  }

  write(text: string): void {
    this.writeAll([text]);
  }

  writeAll(texts: readonly string[]): void {
    // In flight is no more than the outbox may hold; whoever lets more than that pile up only asks and never reads.
    const bytes = texts.reduce((sum, { length }) => sum + length, this.#link.bufferedBytes);
    if (bytes > this.#hub.limits.outboxBytes + slackBytes) {
      return this.hangUp(closeCodes.overflow, "nobody reads this");
    }
    this.#pulse.sentAt = this.#clock.now();
    this.#link.sendAll(texts);
  }

  /** Asks for a pong, behind everything that was written to us before. */
  ping(): void {
    this.#pongsOwed++;
    this.write("ping");
  }

  wake(now: Instant): Instant {
    if (this.#phase === "silent") {
      if (now < this.#helloBy) return this.#helloBy;
      this.hangUp(closeCodes.noHello, "no hello in time");
      return never;
    }
    // Who has said hello may be asked about for as long as it lives.
    const due = this.#credential?.due(now);
    if (due === "expired") {
      this.hangUp(closeCodes.credentialExpired, "the credential has expired");
      return never;
    }
    if (due === "ask") this.write('["auth"]');
    const beat = this.#pulse.beat(now, this.#link);
    if (beat === "ping") this.ping();
    if (beat === "dead") {
      this.hangUp(closeCodes.heartbeat, "no sign of life");
      return never;
    }
    return Math.min(this.#pulse.deadline, this.#credential?.deadline ?? never) as Instant;
  }

  #misheard({ malformed }: Malformed): void {
    this.hangUp(closeCodes.protocol, malformed.slice(0, 100));
  }

  #greet(hello: Hello): void {
    if (hello.version !== 1) return this.hangUp(closeCodes.version, "only version 1 is spoken here");
    if (hello.maxMessageBytes < leastMessageBytes) {
      return this.hangUp(closeCodes.protocol, `maxMessageBytes is less than ${leastMessageBytes}`);
    }
    this.#phase = "asking";
    void this.#hub.reception.greet(this, hello);
  }

  #hear(frame: Frame, characters: number, now: Instant): void {
    const session = this.#session;
    if (!session) return;
    if (frame[0] === "auth") return this.#refresh(session, frame[1]);
    if (frame[0] === "pong") return this.#hearPong();
    const heard = session.engine.hear(this.id, frame, characters, now);
    if (heard) this.#act(session, heard);
    this.#hub.serving.soon(session);
  }

  #hearPong(): void {
    if (this.#pongsOwed && --this.#pongsOwed === 0) this.#departure?.arrived();
  }

  #refresh(session: HostedSession, credential: unknown): void {
    session.engine.confirm();
    this.#credential ??= new Credential();
    void this.#credential.renew(credential, async (said) => {
      if (!this.isGone) await this.#hub.reception.refresh(this, session, said);
    });
  }

  #act(session: HostedSession, heard: Heard): void {
    switch (heard.type) {
      case "reply":
        return this.write(heard.text);
      case "acked":
        return session.acked(heard.tickets);
      case "volatile":
        return this.#hub.serving.takeVolatile(session, heard.records);
      case "broken":
        if (heard.code === closeCodes.stateLost) this.#hub.end(session, "gap");
        return this.hangUp(heard.code, heard.reason);
      case "nothing":
    }
  }

  /** Tells that a credential was accepted. */
  authenticated(expiresInMs: number | undefined): void {
    this.write(
      encode(["authenticated", expiresInMs === undefined ? {} : { expiresInMs: Math.floor(expiresInMs) }]),
    );
  }

  #leave(): void {
    this.#phase = "gone";
    this.#departure?.stop();
    this.#hub.wheel.delete(this);
    this.#controller?.abort();
  }
}
