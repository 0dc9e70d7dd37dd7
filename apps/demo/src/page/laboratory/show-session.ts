import type { InDoubt } from "@holdfast/browser";
import type { Saying } from "../../shared/saying.ts";
import type { Ledger } from "../../shared/ledger.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import type { Log } from "./log.ts";

/** Shows which session it is, and in the log how it goes on. `isReload`: whether a page before has left one. */
export function showSession(live: Live, ledger: Ledger, log: Log, isReload: boolean): void {
  const name = element("fact-session", HTMLElement);
  let isFirst = true;

  /** What is said of the first one in this page. */
  const reloaded = (): string => {
    const words = isFirst && isReload ? " after a reload" : "";
    isFirst = false;
    return words;
  };
  live.session.on("opened", ({ id }) => {
    log.add("session", `Session opened${reloaded()}`, `over link ${ledger.links}`);
    name.textContent = id;
  });
  live.session.on("resumed", ({ id }) => {
    log.add("session", `Session resumed${reloaded()}`, `over link ${ledger.links}, nothing is missing`);
    name.textContent = id;
  });
  live.session.on("lost", ({ reason, inDoubt }) => {
    log.add("trouble", `Session lost${reloaded()} (${reason})`, tell(reason, inDoubt));
  });
}

function tell(reason: string, inDoubt: readonly InDoubt[]): string {
  const why = reason === "unknown" ? "the server knows nothing of it: " : "";
  if (!inDoubt.length) return `${why}nothing is in doubt, and what waited goes on in the next one`;
  const [first] = inDoubt.flatMap(({ name, payload }) => (name === "say" ? [(payload as Saying).text] : []));
  const which = first === undefined ? "" : `, "${first}"${inDoubt.length > 1 ? " the first of them" : ""}`;
  return `${why}${inDoubt.length} in doubt${which}`;
}
