import type { Close } from "../protocol/close.ts";

/** Why a link ended or was dialled. A value, because inside the pure rings failures are values. */
export type Why =
  /** `open()`, `reconnect()` or `close()` asked for it. */
  | { readonly kind: "asked" }
  /** The socket closed, or never opened. */
  | ({ readonly kind: "closed" } & Close)
  /** A provider, the dial itself or `greet` threw or rejected. */
  | { readonly kind: "failed"; readonly error: unknown }
  /**
   * The attempt, from the provider to the end of `greet`, took longer than `dialTimeoutMs`. In the phase `"greeting"` there was a socket: it
   * is `greet` that did not end, or of a client, no `welcome` that came.
   */
  | { readonly kind: "timeout"; readonly phase: "dialing" | "greeting" }
  /** The heartbeat found nobody. */
  | { readonly kind: "silent" };

/** The reason that needs no explanation. */
export const asked: Why = { kind: "asked" };
