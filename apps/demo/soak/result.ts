import type { Row } from "../src/shared/row.ts";

/** What became of everything that one client and the server said to each other. */
export interface Result {
  readonly name: string;
  readonly up: Row;
  readonly down: Row;
  readonly links: number;
  readonly resumed: number;
  /** Sessions. */
  readonly lost: number;
  /** Why it could not be counted to the end, if it could not. */
  readonly trouble: string | undefined;
}

/** What is wrong with it, if anything. */
export function faultsOf({ name, up, down, links, trouble }: Result): readonly string[] {
  const faults: string[] = trouble === undefined ? [] : [`${name}: ${trouble}`];
  for (const [way, row] of Object.entries({ "to the server": up, "from the server": down })) {
    for (const kind of ["lost", "doubled", "reordered"] as const)
      if (row[kind]) faults.push(`${name}: ${row[kind]} ${kind} ${way}`);
    if (row.received + row.failed + row.lost !== row.sent) faults.push(`${name}: the sums are wrong ${way}`);
    // A soak in which nothing happens proves nothing.
    if (row.received === 0) faults.push(`${name}: nothing arrived ${way}`);
  }
  if (links < 2) faults.push(`${name}: no link was ever lost`);
  return faults;
}
