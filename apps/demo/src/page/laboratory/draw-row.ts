import type { Row } from "../../shared/row.ts";
import { element } from "../element.ts";

/** Writes one line of a ledger into its table. */
export function drawRow(prefix: string, columns: readonly (keyof Row)[], row: Row): void {
  for (const column of columns) {
    const cell = element(`${prefix}-${column}`, HTMLElement);
    cell.textContent = row[column].toLocaleString("en");
    cell.toggleAttribute("data-some", row[column] > 0);
  }
}
