import type { Row } from "../src/shared/row.ts";
import { type Course, tell } from "./memory.ts";
import type { Result } from "./result.ts";

const columns = ["sent", "received", "failed", "lost", "doubled", "reordered"] as const;

/** What was counted and measured, as one table. */
export function report(results: readonly Result[], memory: readonly Course[]): string {
  const counted = results.flatMap((result) => [
    cells(`${result.name} to server`, result.up, [result.links, result.resumed, result.lost]),
    cells(`server to ${result.name}`, result.down, []),
  ]);
  const measured = memory.map(({ measure, early, late }) => [
    measure.name,
    ...[early, late, late - early, measure.mayGrow].map((value) => tell(measure, value)),
    measure.unit,
  ]);
  return lines([
    ["", ...columns, "links", "resumed", "sessions lost"],
    ...counted,
    [],
    ["", "2nd quarter", "last quarter", "growth", "may grow"],
    ...measured,
  ]);
}

function cells(name: string, row: Row, more: readonly number[]): readonly string[] {
  return [name, ...[...columns.map((column) => row[column]), ...more].map(String)];
}

/** In columns: the first to the left, numbers to the right. */
function lines(table: readonly (readonly string[])[]): string {
  const width = (n: number): number => Math.max(...table.map((row) => row[n]?.length ?? 0));
  return table
    .map((row) =>
      row
        .map((cell, n) => (n ? cell.padStart(width(n)) : cell.padEnd(width(n))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
