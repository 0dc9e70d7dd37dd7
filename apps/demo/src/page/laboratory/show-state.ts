import type { ConnectionState } from "@holdfast/browser";
import { tellState } from "../../shared/tell-state.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import type { Log } from "./log.ts";

/** How often what counts down is written anew. */
const redrawEveryMs = 100;

/** Shows the state, big and in the log, and counts down to the next attempt. */
export function showState(live: Live, log: Log): void {
  const name = element("state-name", HTMLElement);
  const words = element("state-words", HTMLElement);
  const buffered = element("fact-buffered", HTMLElement);
  let shown: ConnectionState | undefined;

  const redraw = (): void => {
    words.textContent = tellState(live.state);
    buffered.textContent = `${live.bufferedBytes} bytes`;
  };
  live.subscribe((state) => {
    name.textContent = state.name;
    document.documentElement.dataset["state"] = state.name;
    if (shown !== state) log.add("state", state.name, tellState(state));
    shown = state;
    redraw();
  });
  setInterval(redraw, redrawEveryMs);
}
