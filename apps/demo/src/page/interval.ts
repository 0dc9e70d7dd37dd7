import { element } from "./element.ts";
import type { Live } from "./live.ts";

const redrawEveryMs = 250;

/** Closes politely after an interval, as every tutorial does, unless the user would rather stay. */
export function runInterval(live: Live, durationMs: number, close: () => void): void {
  const words = element("interval-words", HTMLElement);
  const turn = element("interval-turn", HTMLButtonElement);
  const left = element("interval-left", HTMLProgressElement);
  let phase: "kept" | "pending" | "running" = "pending";
  let endsAt = 0;

  /** Runs from the first open link on, and through cuts; the end of the connection is the end of it. */
  function look(): void {
    const { name } = live.state;
    if (phase === "running" && name === "CLOSED") phase = "pending";
    if (phase === "pending" && name === "OPEN") {
      phase = "running";
      endsAt = Date.now() + durationMs;
    }
    const leftMs = phase === "running" ? Math.max(0, endsAt - Date.now()) : durationMs;
    draw(leftMs);
    if (leftMs === 0 && name !== "CLOSING") close();
  }

  function draw(leftMs: number): void {
    const seconds = Math.ceil(leftMs / 1000);
    words.textContent = {
      kept: "Stays open until you close it.",
      pending: `Once open, closes politely after ${seconds} s.`,
      running: `Closes politely in ${seconds} s, as every tutorial does.`,
    }[phase];
    turn.textContent = phase === "kept" ? "Close it in time" : "Keep it open";
    left.hidden = phase !== "running";
    left.value = leftMs / durationMs;
  }

  live.subscribe(look);
  setInterval(look, redrawEveryMs);
  turn.addEventListener("click", () => {
    phase = phase === "kept" ? "pending" : "kept";
    look();
  });
}
