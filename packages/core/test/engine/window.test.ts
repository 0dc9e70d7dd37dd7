import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { End } from "../../src/engine/end.ts";
import { decode } from "../../src/protocol/decode.ts";
import { encode } from "../../src/protocol/encode.ts";
import type { Instant } from "../../src/protocol/instant.ts";
import type { CommonFrame } from "../../src/protocol/shapes.ts";
import { nobody } from "../../src/session/outbox.ts";

const now = 0 as Instant;
const maxMessageBytes = 1_048_576;

function endOf(windowBytes: number, frameBytes = 65_536): End {
  return new End({
    outboxBytes: 1e6,
    windowBytes,
    frameBytes,
    callsInFlight: 1,
    streams: 1,
    ackDelayMs: 100,
  });
}

describe("a window", () => {
  it("that a sender fills, in whatever frames, is never too much for a receiver that takes nothing yet", () => {
    const mixed = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 20 });
    const sizes = fc.oneof(fc.constant([0]), mixed);
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 20_000 }), sizes, fc.boolean(), (window, lengths, isAlone) => {
        // Two bytes a frame: a record each.
        const sender = endOf(window, isAlone ? 2 : 65_536);
        const receiver = endOf(window);
        for (const end of [sender, receiver]) end.attach(0, { window, maxMessageBytes });
        const written: string[] = [];
        for (let n = 0; n < 4_000; n++) {
          const length = lengths[n % lengths.length] ?? 0;
          const text = encode(length ? ["event", "n", "x".repeat(length)] : ["event", "n"]);
          if (!sender.send({ ticket: nobody, text, bytes: text.length, kind: "event", idempotent: false }))
            break;
          // Bit by bit, or all that fits.
          if (isAlone || n % 7 === 0) for (let frame; (frame = sender.write(now));) written.push(frame);
        }
        for (const text of written) {
          const frame = decode(text) as CommonFrame;
          expect(receiver.hear(frame, text.length, now).type).not.toBe("broken");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("that is overdrawn in the smallest frames is noticed all the same", () => {
    const receiver = endOf(1_000);
    receiver.attach(0, { window: 1_000, maxMessageBytes });
    const answers: string[] = [];
    for (let offset = 1; offset <= 1_000; offset++) {
      const text = `["data",${offset},[["end",1]]]`;
      answers.push(receiver.hear(decode(text) as CommonFrame, text.length, now).type);
    }
    // Twice the window, in records of nine bytes.
    expect(answers.indexOf("broken")).toBe(223);
  });
});
