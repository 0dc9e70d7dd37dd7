import type { Ledger } from "../../shared/ledger.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";

const sayEveryMs = 100;

/** Says something over and over, while the box is ticked. `alsoSay` is called each time. */
export function wireSteady(live: Live, ledger: Ledger, alsoSay: () => void): void {
  const box = element("steady", HTMLInputElement);
  let timer: ReturnType<typeof setInterval> | undefined;
  let first: number | undefined;

  box.addEventListener("change", () => {
    clearInterval(timer);
    first = undefined;
    if (box.checked) timer = setInterval(say, sayEveryMs);
  });
  live.subscribe(({ name }) => {
    if (name === "OPEN" || name === "CONNECTING") return;
    clearInterval(timer);
    box.checked = false;
  });

  function say(): void {
    const { saying, delivered } = ledger.say("Still here", first ?? "first");
    first ??= saying.n;
    // The ledger counts what fails.
    delivered.catch(() => {});
    alsoSay();
  }
}
