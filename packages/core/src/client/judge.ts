import { check } from "../common/check.ts";
import type { Host } from "./host.ts";
import type { AnyConnectOptions } from "./options.ts";
import { type Report, reportThrown } from "./report.ts";

/** Asks the user's `verdict` and `backoff` about a loss. One that throws, or says what makes no sense, is reported and has no say. */
export function createJudge({ verdict, backoff }: AnyConnectOptions, report: Report): Host["judge"] {
  function advice<T>(
    name: string,
    ask: () => T | undefined,
    isFine: (answer: T) => boolean,
    wanted: string,
  ): T | undefined {
    try {
      const answer = ask();
      check(`what ${name} returns`, answer, answer === undefined || isFine(answer), wanted);
      return answer;
    } catch (error) {
      reportThrown(report, name, error);
      return undefined;
    }
  }

  return (next) => {
    const { attempt: nextAttempt, why } = next;
    report("warn", "link lost", { nextAttempt, why });
    return {
      verdict: advice(
        "verdict",
        () => (why.kind === "closed" ? verdict?.(why) : undefined),
        (answer) => answer === "retry" || answer === "stop",
        "retry or stop",
      ),
      delayMs: advice(
        "backoff",
        () => (typeof backoff === "function" ? backoff(next) : undefined),
        (answer) => answer === "stop" || answer === Math.max(0, answer),
        "a number from 0, or stop",
      ),
    };
  };
}
