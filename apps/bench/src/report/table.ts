import type { Row } from "../scenario.ts";

/** A figure with as many digits as it deserves. */
export function digits(value: number): string {
  const fraction = Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: fraction, minimumFractionDigits: fraction });
}

const verdict = ({ isFine }: Row): string => (isFine === undefined ? "" : isFine ? "ok" : "MISSED");
const spread = ({ spread }: Row): string => (spread === undefined ? "" : `± ${(spread * 100).toFixed(0)} %`);
const ratio = ({ ratio }: Row): string => (ratio === undefined ? "" : `${ratio.toFixed(2)} x`);

/** For a terminal. */
export function lineOf(row: Row): string {
  const cells = [
    row.who.padEnd(24),
    digits(row.value).padStart(10),
    row.unit.padEnd(16),
    spread(row).padEnd(7),
    ratio(row).padStart(8),
    verdict(row),
  ];
  return `  ${cells.join(" ")}`.trimEnd();
}

/** For a page. */
export function markdownOf(row: Row): string {
  const cells = [
    row.who,
    row.figure ?? "",
    `${digits(row.value)} ${row.unit}`,
    spread(row),
    ratio(row),
    verdict(row),
  ];
  return `| ${cells.join(" | ")} |`;
}
