import {
  ClientEngine,
  type CommonFrame,
  encode,
  End,
  type EndLimits,
  type Instant,
  nobody,
  decode,
} from "@holdfast/core/session";
import { chat } from "../peers/chat.ts";
import type { Race } from "../race/race.ts";

const perTurn = 256;
const bytes = 200;
const limits: EndLimits & { readonly maxMessageBytes: number } = {
  outboxBytes: 1_048_576,
  windowBytes: 262_144,
  maxMessageBytes: 1_048_576,
  frameBytes: 65_536,
  callsInFlight: 64,
  streams: 64,
  ackDelayMs: 0,
};
const now = 0 as Instant;

/** Two engines in one process and nothing between them: what the pure core takes, JSON included. */
export function core(count: number): Race {
  return {
    title: "the pure core alone: two engines in memory, 200 B events, JSON included",
    peers: ["holdfast"],
    figures: {
      rate: { name: "records a second", unit: "/s", better: "more" },
      allocated: { name: "allocated a record", unit: "B", better: "less" },
    },
    rounds: 5,
    async prepare({ share }) {
      const client = new ClientEngine(limits);
      const server = new End(limits);
      client.hello(undefined, 0);
      server.attach(0, { window: limits.windowBytes, maxMessageBytes: limits.maxMessageBytes });
      const heartbeat = { intervalMs: 25_000, timeoutMs: 10_000 };
      const session = { id: "s", token: "t" };
      const terms = {
        window: limits.windowBytes,
        maxMessageBytes: limits.maxMessageBytes,
        resumeWithinMs: 1,
      };
      client.receive(
        encode(["welcome", { session, generation: 1, outcome: "opened", heartbeat, ...terms }]),
        now,
      );

      let taken = 0;
      const turn = (): void => {
        for (let n = 0; n < perTurn; n++) {
          const text = encode(["event", "say", chat(n, bytes)]);
          client.end.send({ ticket: nobody, text, bytes: text.length, kind: "event", idempotent: false });
        }
        for (let text = client.end.write(now); text !== undefined; text = client.end.write(now)) {
          const frame = decode(text);
          if (!isRecords(frame)) throw new Error("no records");
          server.hear(frame, text.length, now);
        }
        while (server.handOver()) taken++;
        for (let text = server.write(now); text !== undefined; text = server.write(now))
          client.receive(text, now);
      };
      return async () => {
        taken = 0;
        const turns = Math.ceil((count * share) / perTurn);
        const startedAt = performance.now();
        for (let n = 0; n < turns; n++) turn();
        const rate = taken / ((performance.now() - startedAt) / 1_000);
        // So few that nothing is collected meanwhile.
        globalThis.gc?.();
        const before = process.memoryUsage().heapUsed;
        for (let n = 0; n < 4; n++) turn();
        const allocated = (process.memoryUsage().heapUsed - before) / (4 * perTurn);
        if (taken !== (turns + 4) * perTurn) throw new Error("a record is missing");
        return { rate, allocated };
      };
    },
  };
}

function isRecords(frame: ReturnType<typeof decode>): frame is CommonFrame {
  return !("malformed" in frame) && (frame[0] === "data" || frame[0] === "ack");
}
