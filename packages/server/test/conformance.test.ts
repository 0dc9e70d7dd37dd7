import { describe, expect, it } from "vitest";
import { readCases, type Step } from "./conformance/case.ts";
import { play } from "./conformance/play.ts";

describe.each(readCases())("%s", (_, cases) => {
  it.each(cases.map((one) => [`§${one.section} ${one.name}`, one] as const))("%s", (_, one) => play(one));
});

describe("no case passes by itself:", () => {
  const all = readCases().flatMap(([, cases]) => cases);

  it("every step that expects something fails when that is not expected", () => {
    for (const one of all) {
      for (const [
        index,
        { wait, stall, open, receive, closed, link, does, ...output },
      ] of one.steps.entries()) {
        if (!Object.keys(output).length) continue;
        const inputs = { wait, stall, open, receive, closed, link, does };
        const input = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
        // A step behind it, so that the last one expects something.
        const steps: Step[] = one.steps.with(index, input).slice(0, index + 1);
        const at = `step ${index + 1}: `;
        expect(() => play({ ...one, steps: [...steps, { stops: false }] }), `${one.name}, ${at}`).toThrow(at);
      }
    }
  });

  it("every case has a name of its own, and a section", () => {
    const named = all.map(({ name }) => name);
    expect(new Set(named).size).toBe(named.length);
    for (const { section } of all) expect(section).toMatch(/^\d(\.\d+)?$/);
  });
});
