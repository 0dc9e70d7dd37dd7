import type { Use } from "../../shared/comparison.ts";
import type { Delays } from "./measure.ts";

/** One of the two, measured. */
export interface Measured {
  readonly use: Use;
  readonly delays: Delays;
  /** What a proxy on its way has counted, both ways; polling has none. */
  readonly proxiedBytes?: number;
}

/** One line of the table. */
export type Line = readonly [measure: string, polling: string, socket: string];

/** What both cost, line by line. */
export function resultLines(polling: Measured, socket: Measured): readonly Line[] {
  const line = (measure: string, of: (measured: Measured) => string): Line => [
    measure,
    of(polling),
    of(socket),
  ];
  return [
    line("requests", ({ use }) => count(use.requests)),
    line("of these: nothing new", ({ use }) => count(use.empty)),
    line("bytes to the server", ({ use }) => count(use.bytesIn)),
    line("bytes from the server", ({ use }) => count(use.bytesOut)),
    line("both ways, as a proxy counted", ({ proxiedBytes }) =>
      proxiedBytes === undefined ? "-" : count(proxiedBytes),
    ),
    line("notifications received", ({ delays }) => count(delays.count)),
    line("delay, median", ({ delays }) => duration(delays.medianMs)),
    line("delay, worst", ({ delays }) => duration(delays.worstMs)),
  ];
}

/** The same as text that every chat and issue tracker understands. */
export function asMarkdown(lines: readonly Line[]): string {
  const rows: readonly Line[] = [["", "polling", "socket"], ["---", "---:", "---:"], ...lines];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function count(n: number): string {
  return n.toLocaleString("en");
}

function duration(ms: number | undefined): string {
  return ms === undefined ? "-" : `${Math.round(ms).toLocaleString("en")} ms`;
}
