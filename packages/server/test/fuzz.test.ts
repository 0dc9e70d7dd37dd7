import {
  ClientEngine,
  decode,
  encode,
  type EndLimits,
  type Hello,
  type Instant,
} from "@holdfast/core/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerLimits } from "../src/engine/limits.ts";
import { Sessions } from "../src/engine/sessions.ts";
import { clientLimits } from "./simulation/sim-client.ts";
import { serverLimits } from "./simulation/sim-server.ts";

const now = 0 as Instant;
const limits: ServerLimits & EndLimits = serverLimits;

/** Numbers that a peer may say, and that break what trusts them. */
const number = fc.oneof(
  fc.nat(20),
  fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e308),
  fc.double({ noNaN: true }),
);
const name = fc.oneof(fc.constantFrom("say", "echo", "__proto__", "constructor", ""), fc.string());
const anything = fc.oneof(number, name, fc.jsonValue(), fc.constant({ __proto__: { x: 1 } }));
const record = fc.oneof(
  fc.tuple(
    fc.constantFrom("event", "call", "open", "result", "error", "item", "end", "gap", "credit", "cancel"),
    number,
    name,
    anything,
  ),
  fc.tuple(fc.constant("event"), name, anything),
  fc.tuple(fc.constant("open"), number, name, fc.record({ credit: number, since: anything }), anything),
  fc.tuple(fc.constant("error"), number, fc.record({ code: name, message: name, data: anything })),
  fc.array(anything, { maxLength: 5 }),
);
const frame = fc.oneof(
  fc.tuple(fc.constant("data"), number, fc.array(record, { maxLength: 6 }), anything),
  fc.tuple(
    fc.constant("data"),
    fc.integer({ min: 1, max: 4 }),
    fc.array(record, { minLength: 1, maxLength: 6 }),
  ),
  fc.tuple(fc.constant("volatile"), fc.array(record, { maxLength: 3 })),
  fc.tuple(fc.constantFrom("ack", "auth", "authenticated", "drain", "hello", "welcome"), anything, anything),
  fc.array(anything, { maxLength: 4 }),
);
/** What a peer may send: frames, almost frames, JSON and noise. */
const text = fc.oneof(
  frame.map((parts) => JSON.stringify(parts)),
  frame.map((parts) => JSON.stringify(parts).slice(0, -2)),
  fc.json(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("ping", "pong"),
);
const texts = fc.array(text, { maxLength: 20 });

function open(): { readonly sessions: Sessions; readonly session: ReturnType<typeof admit> } {
  const sessions = new Sessions(limits);
  return { sessions, session: admit(sessions) };
}

function admit(sessions: Sessions) {
  const hello: Hello = { version: 1, attempt: 1, window: 10_000, maxMessageBytes: 10_000 };
  const fresh = { id: "s", token: "t", tokenHash: "#t" };
  const admission = sessions.admit({ hello, tokenHash: undefined, identityId: "ada", linkId: 1, fresh }, now);
  if (admission.type === "refused") throw new Error(admission.reason);
  return admission.session;
}

describe("whatever arrives", () => {
  it("is a frame or malformed, and nothing throws", () => {
    fc.assert(
      fc.property(text, (said) => {
        const decoded = decode(said);
        expect("malformed" in decoded || Array.isArray(decoded)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it("a server's session takes it or is violated: it never throws, hangs or holds more than its window", () => {
    fc.assert(
      fc.property(texts, (all) => {
        const { session } = open();
        for (const said of all) {
          const decoded = decode(said);
          if ("malformed" in decoded) continue;
          session.hear(1, decoded, said.length, now);
          for (let taken = 0; session.end.handOver(); taken++) expect(taken).toBeLessThan(1_000);
          while (session.end.write(now) !== undefined);
          expect(session.end.bufferedBytes).toBeLessThanOrEqual(limits.outboxBytes);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("a client takes it or breaks the link: it never throws or hangs, greeted or not", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (all, isGreeted) => {
        const client = new ClientEngine(clientLimits);
        client.hello("ada", 0);
        const session = { id: "s", token: "t" };
        const heartbeat = { intervalMs: 1_000, timeoutMs: 500 };
        const welcome = {
          session,
          generation: 1,
          window: 1_000,
          heartbeat,
          resumeWithinMs: 1_000,
          maxMessageBytes: 1_000,
        };
        if (isGreeted) client.receive(encode(["welcome", { ...welcome, outcome: "opened" }]), now);
        for (const said of all) {
          client.receive(said, now);
          for (let taken = 0; client.end.handOver(); taken++) expect(taken).toBeLessThan(1_000);
          while (client.end.write(now) !== undefined);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
