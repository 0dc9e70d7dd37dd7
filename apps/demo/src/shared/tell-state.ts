import type { ConnectionState, Why } from "@holdfast/browser";

/** A state in words, without its name. */
export function tellState(state: ConnectionState, now: number = Date.now()): string {
  switch (state.phase) {
    case "dialing":
      return `dialing, attempt ${state.attempt}${after(state.why)}`;
    case "greeting":
      return `greeting, attempt ${state.attempt}: which session, and how far each end is`;
    case "waiting":
      return `attempt ${state.attempt} in ${seconds(state.retryAt - now)}${after(state.why)}`;
    case "offline":
      return `no network, looking again in ${seconds(state.retryAt - now)}`;
    case "open":
      return "messages flow";
    case "closing":
      return "saying goodbye";
    case "idle":
      return "not opened yet";
    case "ended":
      if (state.cause) return `gave up: ${state.cause.message}`;
      if (!state.code) return "ended while no link was open";
      return state.code === 1000 ? "1000, a polite goodbye" : `${state.code} "${state.reason ?? ""}"`;
  }
}

function after(why: Why): string {
  switch (why.kind) {
    case "asked":
      return "";
    case "silent":
      return " (the heartbeat found nobody)";
    case "timeout":
      return why.phase === "dialing" ? " (the last one took too long)" : " (nobody welcomed the last one)";
    case "failed":
      return " (the last one failed)";
    case "closed":
      return ` (the link ended with ${why.code})`;
  }
}

function seconds(durationMs: number): string {
  return `${(Math.max(0, durationMs) / 1000).toFixed(1)} s`;
}
