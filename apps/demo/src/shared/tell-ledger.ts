import type { Ledger } from "./ledger.ts";
import type { Row } from "./row.ts";

/** A ledger in one line. */
export function tellLedger({ up, down, links, resumed, lost }: Ledger): string {
  return `ledger: said ${tell(up)}; heard ${tell(down)}; links ${links}, resumed ${resumed}, sessions lost ${lost}`;
}

function tell({ sent, received, failed, lost, doubled }: Row): string {
  const failures = failed ? `, failed ${failed}` : "";
  return `${received} of ${sent}${failures}, lost ${lost}, doubled ${doubled}`;
}
