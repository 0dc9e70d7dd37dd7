import { type Instant, never } from "@holdfast/core/session";
import { describe, expect, it } from "vitest";
import { Credential } from "../../src/shell/credential.ts";

const at = (ms: number): Instant => ms as Instant;

/** One that was accepted at 1,000 and holds so long. */
function accepted(expiresInMs: number | undefined): Credential {
  const credential = new Credential();
  credential.accept(at(1_000), expiresInMs);
  return credential;
}

describe("a credential", () => {
  it.each([
    [600_000, 541_000],
    [120_000, 61_000],
    [10_000, 6_000],
  ])("that holds %d ms is asked for anew at %d, once, and has expired when its time is over", (ms, askAt) => {
    const credential = accepted(ms);
    expect(credential.deadline).toBe(askAt);
    const seen = [askAt - 1, askAt, askAt, 1_000 + ms - 1, 1_000 + ms].map((now) => credential.due(at(now)));
    expect(seen).toEqual([undefined, "ask", undefined, undefined, "expired"]);
    expect(credential.deadline).toBe(1_000 + ms);
  });

  it("that holds for ever is never due, whatever held before", () => {
    const credential = accepted(10_000);
    credential.accept(at(2_000), undefined);
    expect([credential.deadline, credential.due(at(1e9))]).toEqual([never, undefined]);
  });

  it("that is said while another one is judged waits, and only the newest is judged", async () => {
    const credential = new Credential();
    const judged: unknown[] = [];
    const releases: (() => void)[] = [];
    const judge = (said: unknown): Promise<void> => {
      judged.push(said);
      return new Promise((resolve) => releases.push(resolve));
    };
    const all = [1, 2, 3].map((said) => credential.renew(said, judge));
    expect(judged).toEqual([1]);
    releases[0]?.();
    await Promise.all(all.slice(1));
    expect(judged).toEqual([1, 3]);
    releases[1]?.();
    await all[0];
    void credential.renew(4, judge);
    expect(judged).toEqual([1, 3, 4]);
  });
});
