import type { Run } from "../../shared/comparison.ts";
import { element } from "../element.ts";
import { Chart } from "./chart.ts";
import { asMarkdown, type Line } from "./result.ts";
import { runComparison } from "./run-comparison.ts";

/** A minute, unless the address says otherwise. */
const usualSeconds = 60;

/** Polling and socket side by side, on request. */
export function showCompare(): void {
  const form = element("compare-controls", HTMLFormElement);
  const button = element("compare-run", HTMLButtonElement);
  const words = element("compare-words", HTMLElement);
  const copy = element("compare-copy", HTMLButtonElement);
  const body = element("compare-table", HTMLTableElement).tBodies[0];
  const every = slider("poll-every", (value) => `${value} s`);
  const rate = slider("rate", (value) => `${value} a minute`);
  const charts = { bytes: new Chart("chart-bytes", "lines"), delay: new Chart("chart-delay", "points") };
  const seconds = Number(new URLSearchParams(location.search).get("seconds")) || usualSeconds;
  if (seconds !== usualSeconds) button.textContent = `Run for ${seconds} s`;
  const runWords = button.textContent;
  let last: readonly Line[] = [];
  let running: AbortController | undefined;

  async function run({ perMinute, seconds }: Run, { signal }: AbortController): Promise<void> {
    button.textContent = "Stop";
    words.textContent = `Running for ${seconds} s.`;
    try {
      await runComparison(
        {
          ...charts,
          everyMs: () => every() * 1000,
          show(lines, { published }) {
            last = lines;
            copy.disabled = false;
            body?.replaceChildren(...lines.map(row));
            words.textContent = `${published} published so far.`;
          },
        },
        { perMinute, seconds },
        signal,
      );
      words.textContent = signal.aborted
        ? "Stopped: the numbers are those up to then."
        : "Done: both have received everything.";
    } catch (error) {
      words.textContent = `It was cut short: ${String(error)}`;
    }
    running = undefined;
    button.textContent = runWords;
    button.disabled = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) {
      running.abort();
      // Until it has stopped.
      button.disabled = true;
    } else {
      running = new AbortController();
      void run({ perMinute: rate(), seconds }, running);
    }
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(asMarkdown(last));
      words.textContent = "The table is in your clipboard.";
    } catch {
      words.textContent = "The browser does not let this page use the clipboard.";
    }
  });
}

/** Says what a slider means, and gives its value. */
function slider(id: string, tell: (value: number) => string): () => number {
  const input = element(id, HTMLInputElement);
  const output = element(`${id}-words`, HTMLOutputElement);
  const draw = (): void => {
    output.textContent = tell(input.valueAsNumber);
  };
  input.addEventListener("input", draw);
  draw();
  return () => input.valueAsNumber;
}

function row([measure, ...values]: Line): HTMLTableRowElement {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = measure;
  made.append(head);
  for (const value of values) made.insertCell().textContent = value;
  return made;
}
