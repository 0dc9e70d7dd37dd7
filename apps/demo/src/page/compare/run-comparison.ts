import { Comparison, type Run, Standing } from "../../shared/comparison.ts";
import * as z from "zod/mini";
import { ask, posted } from "../ask.ts";
import { element } from "../element.ts";
import type { Chart } from "./chart.ts";
import { listen } from "./listen.ts";
import { poll } from "./poll.ts";
import { type Line, resultLines } from "./result.ts";
import { Side } from "./side.ts";

const lookEveryMs = 500;

/** What a comparison is shown with. */
export interface Stage {
  readonly bytes: Chart;
  readonly delay: Chart;
  /** How long polling waits between two questions. */
  readonly everyMs: () => number;
  readonly show: (lines: readonly Line[], standing: Standing) => void;
}

/**
 * Publishes for a while, reads it both ways, and shows what that costs as it goes. Resolves when everything has arrived, or soon after
 * `signal` has ended it.
 */
export async function runComparison(stage: Stage, run: Run, signal: AbortSignal): Promise<void> {
  const comparison = await ask(Comparison, "/api/comparison", posted());
  const path = `/api/comparison/${encodeURIComponent(comparison.id)}`;
  const startedAtMs = performance.now();
  const second = (): number => (performance.now() - startedAtMs) / 1000;
  stage.bytes.clear();
  stage.delay.clear();
  const polling = new Side(element("polling-list", HTMLOListElement), (ms) =>
    stage.delay.add(second(), ms, null),
  );
  const socket = new Side(element("socket-list", HTMLOListElement), (ms) =>
    stage.delay.add(second(), null, ms),
  );
  const stopPolling = poll(comparison, stage.everyMs, (item) => polling.receive(item));
  const stopListening = listen(comparison, (item) => socket.receive(item));

  const look = async (): Promise<Standing> => {
    const standing = await ask(Standing, path);
    stage.bytes.add(second(), bytes(standing.polling), bytes(standing.socket));
    const sides = [
      { use: standing.polling, delays: polling.delays },
      { use: standing.socket, delays: socket.delays, proxiedBytes: standing.proxiedBytes },
    ] as const;
    stage.show(resultLines(...sides), standing);
    return standing;
  };
  const stop = (): Promise<unknown> => Promise.all([stopPolling(), stopListening()]);

  try {
    await ask(z.object({}), `${path}/run`, posted(run));
    while (!signal.aborted) {
      await pause(lookEveryMs, signal);
      const { published, phase } = await look();
      if (phase === "idle" && polling.delays.count >= published && socket.delays.count >= published) break;
    }
    await stop();
    // What saying goodbye costs is a part of it.
    await look();
  } finally {
    await stop();
    await fetch(path, { method: "DELETE" });
  }
}

function bytes({ bytesIn, bytesOut }: Standing["polling"]): number {
  return bytesIn + bytesOut;
}

/** Shorter, if the signal ends it. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, durationMs);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
