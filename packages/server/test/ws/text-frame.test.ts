import { expect, it } from "vitest";
import { maxFrameLength, textFrame } from "../../src/ws/text-frame.ts";

/** What a client reads of a frame, as RFC 6455 section 5.2 has it. */
function read(frame: Buffer): string {
  expect(frame[0]).toBe(0x81);
  const short = frame[1] as number;
  const length = short < 126 ? short : frame.readUInt16BE(2);
  const start = short < 126 ? 2 : 4;
  expect(short).toBeLessThan(127);
  expect(frame.length).toBe(start + length);
  return new TextDecoder("utf-8", { fatal: true }).decode(frame.subarray(start));
}

it("a frame is what was said, at every length at which something changes, in bytes and not in characters", () => {
  for (const one of ["x", "ä", "→", "👋"]) {
    for (const count of [0, 1, 31, 41, 42, 62, 63, 125, 126, maxFrameLength]) {
      const text = one.repeat(count);
      expect(read(textFrame(text))).toBe(text);
    }
  }
});
