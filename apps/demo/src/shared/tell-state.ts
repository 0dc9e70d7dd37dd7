import type { ConnectionState } from "@holdfast/browser";

/** A state in words, without its name. */
export function tellState(state: ConnectionState, now: number = Date.now()): string {
  switch (state.phase) {
    case "dialing":
      return `dialing, attempt ${state.attempt}`;
    case "greeting":
      return `greeting, attempt ${state.attempt}`;
    case "waiting":
      return `attempt ${state.attempt} in ${seconds(state.retryAt - now)}`;
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
      if (!state.code) return "ended before a link was open";
      return state.reason ? `${state.code} "${state.reason}"` : String(state.code);
  }
}

function seconds(durationMs: number): string {
  return `${(Math.max(0, durationMs) / 1000).toFixed(1)} s`;
}
