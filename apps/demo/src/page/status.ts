import type { ConnectionState } from "@holdfast/browser";
import { element } from "./element.ts";
import type { Live } from "./live.ts";

/** What passes sooner is not worth a word. */
const patienceMs = 700;
const redrawEveryMs = 250;

/** What a user needs to know of a connection: nothing while it is fine. `left` counts down, and is not read aloud. */
interface Words {
  readonly words: string;
  readonly left: string;
  readonly button: string;
}

/** Says in plain words when something is the matter with the connection, and what can be done. */
export function showStatus(live: Live): void {
  const bar = element("status", HTMLElement);
  const words = element("status-words", HTMLElement);
  const left = element("status-left", HTMLElement);
  const button = element("status-try", HTMLButtonElement);
  let troubledSinceMs: number | undefined;

  function draw(): void {
    const told = tell(live.state, Date.now());
    if (!told) troubledSinceMs = undefined;
    else troubledSinceMs ??= Date.now();
    bar.hidden = troubledSinceMs === undefined || Date.now() - troubledSinceMs < patienceMs;
    if (!told || bar.hidden) return;
    // Written only when it changes: what is written is read aloud.
    if (words.textContent !== told.words) words.textContent = told.words;
    left.textContent = told.left;
    button.textContent = told.button;
  }

  live.subscribe(draw);
  setInterval(draw, redrawEveryMs);
  button.addEventListener("click", () => live.reconnect());
}

/** Says that the page cannot begin. */
export function showFailure(error: unknown): void {
  console.error(error);
  element("status", HTMLElement).hidden = false;
  element("status-words", HTMLElement).textContent =
    "The server does not answer as it should: is the demo running?";
  const button = element("status-try", HTMLButtonElement);
  button.textContent = "Try again";
  button.addEventListener("click", () => location.reload());
}

function tell(state: ConnectionState, now: number): Words | undefined {
  switch (state.phase) {
    case "open":
      return undefined;
    case "dialing":
    case "greeting":
      return { words: "Connecting …", left: "", button: "Try again" };
    case "waiting":
      return {
        words: "Connection lost. Reconnecting",
        left: `in ${seconds(state.retryAt - now)}`,
        button: "Try now",
      };
    case "offline":
      return {
        words: "You are offline. What you send is kept until you are back.",
        left: "",
        button: "Try now",
      };
    case "closing":
    case "idle":
      return { words: "Disconnected.", left: "", button: "Connect" };
    case "ended":
      return { words: ended(state.cause?.code), left: "", button: state.cause ? "Connect here" : "Connect" };
  }
}

function ended(code: string | undefined): string {
  if (code === undefined) return "Disconnected.";
  if (code === "REPLACED") return "This session goes on in another tab.";
  return `The connection was given up (${code}).`;
}

function seconds(durationMs: number): string {
  return `${Math.max(0, Math.ceil(durationMs / 1000))} s`;
}
