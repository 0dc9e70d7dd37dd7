import type { Ledger } from "../../shared/ledger.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { drawRow } from "./draw-row.ts";

const checkEveryMs = 500;
const columns = ["sent", "received", "failed", "lost", "doubled", "reordered"] as const;

/** Shows what both ends counted, and has it checked while something changes. */
export function showLedger(live: Live, ledger: Ledger): void {
  const words = element("ledger-words", HTMLElement);
  const trip = element("fact-trip", HTMLElement);
  let changes = 1;
  let checked = 0;
  let phase: "idle" | "checking" = "idle";

  function draw(): void {
    for (const direction of ["up", "down"] as const) drawRow(direction, columns, ledger[direction]);
    for (const count of ["links", "resumed", "lost"] as const) {
      element(`count-${count}`, HTMLElement).textContent = String(ledger[count]);
    }
    words.textContent = judge(ledger, checked === changes);
  }

  async function check(): Promise<void> {
    if (phase === "checking" || checked === changes || live.state.name !== "OPEN") return;
    phase = "checking";
    const asked = changes;
    try {
      const { links } = ledger;
      const askedAtMs = performance.now();
      await ledger.check();
      checked = asked;
      if (links === ledger.links) trip.textContent = `${(performance.now() - askedAtMs).toFixed(1)} ms`;
    } catch {
      // Closed, or no answer in time: asked again while it is open.
    }
    phase = "idle";
    draw();
  }

  ledger.onChange(() => {
    changes++;
    draw();
  });
  setInterval(() => void check(), checkEveryMs);
  draw();
}

/** The ledger in a sentence. */
function judge({ up, down }: Ledger, isChecked: boolean): string {
  const wrong = [up, down].reduce((sum, { lost, doubled, reordered }) => sum + lost + doubled + reordered, 0);
  if (wrong) return "Something is wrong, which must not happen: please report it, with the log.";
  const failed = up.failed + down.failed;
  const onTheirWay = up.sent - up.received + down.sent - down.received - failed;
  if (onTheirWay > 0) return `${onTheirWay} on their way, or kept until they arrive.`;
  if (failed) return `${failed} failed with a lost or closed session, and the sender was told.`;
  return isChecked ? "Both ends have counted: it is whole." : "Everything has arrived.";
}
