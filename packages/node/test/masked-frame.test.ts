import { describe, expect, it } from "vitest";
import { maskedFrame, maxFrameLength } from "../src/masked-frame.ts";

/** What a server reads of a frame, byte for byte as RFC 6455 section 5.2 has it. */
function read(frame: Buffer): { readonly text: string; readonly key: string; readonly rest: number } {
  expect(frame[0]).toBe(0x81);
  const second = frame[1] as number;
  expect(second & 0x80).toBe(0x80);
  const short = second & 0x7f;
  const length =
    short < 126 ? short : short === 126 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2));
  const keyAt = short < 126 ? 2 : short === 126 ? 4 : 10;
  const key = frame.subarray(keyAt, keyAt + 4);
  const payload = frame.subarray(keyAt + 4, keyAt + 4 + length);
  const plain = Uint8Array.from(payload, (byte, at) => byte ^ (key[at & 3] as number));
  return {
    text: new TextDecoder("utf-8", { fatal: true }).decode(plain),
    key: key.toString("hex"),
    rest: frame.length - keyAt - 4 - length,
  };
}

describe("a masked frame", () => {
  it("is what was said, at every length at which something changes", () => {
    const lengths = [
      0,
      1,
      2,
      3,
      4,
      5,
      15,
      16,
      17,
      63,
      64,
      125,
      126,
      127,
      4_095,
      4_097,
      65_535,
      maxFrameLength,
    ];
    for (const length of lengths) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join("");
      expect(read(maskedFrame(text))).toMatchObject({ text, rest: 0 });
    }
  });

  it("counts bytes and not characters", () => {
    for (const one of ["ä", "→", "👋"]) {
      for (const count of [1, 31, 42, 63, 9_000, 16_000]) {
        const text = one.repeat(count);
        expect(read(maskedFrame(text))).toMatchObject({ text, rest: 0 });
      }
    }
  });

  it("has nothing in it of a longer one before", () => {
    maskedFrame("secret ".repeat(1_000));
    expect(read(maskedFrame("short"))).toMatchObject({ text: "short", rest: 0 });
  });

  it("has a key of its own", () => {
    const keys = new Set(Array.from({ length: 5_000 }, () => read(maskedFrame("again")).key));
    expect(keys.size).toBeGreaterThan(4_900);
  });

  it("is not changed by the next one", () => {
    const frames = ["one", "two", "three"].map((text) => maskedFrame(text.repeat(500)));
    expect(frames.map((frame) => read(frame).text.slice(0, 3))).toEqual(["one", "two", "thr"]);
  });
});
