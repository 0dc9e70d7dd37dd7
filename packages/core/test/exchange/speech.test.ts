import { expect, it } from "vitest";
import * as z from "zod";
import { say, toWire } from "../../src/exchange/speech.ts";
import { codeOf } from "../client/world.ts";

it.each([undefined, null, "a word", new Error("a word")])(
  "what cannot be said because it throws %s is INVALID_MESSAGE",
  (thrown) => {
    const toJSON = (): never => {
      throw thrown;
    };
    const refused = z.codec(z.string(), z.string(), { decode: (text) => text, encode: toJSON });
    expect(codeOf(() => say(["event", "news", { toJSON }], "news"))).toContain("INVALID_MESSAGE: news: ");
    expect(codeOf(() => toWire(refused, "x", "news"))).toContain("INVALID_MESSAGE: news: ");
  },
);
