import type { ClientLimits } from "../engine/client-engine.ts";
import type { ErrorCode } from "../holdfast-error.ts";
import type { Welcome } from "../protocol/shapes.ts";

/** What a server may send before it hears an ack. */
export const windowBytes = 262_144;

/** The largest frame that a client takes, and tells its server so. */
export const maxMessageBytes = 1_048_576;

/** What a client bears, besides the outbox that its user bounds. */
export function limitsWith(outboxBytes: number): ClientLimits {
  return {
    outboxBytes,
    windowBytes,
    maxMessageBytes,
    frameBytes: 65_536,
    callsInFlight: 64,
    streams: 64,
    ackDelayMs: 100,
  };
}

/** What a close code that ended a session is called. PROTOCOL.md section 8. */
export const errorCodes: Readonly<Record<number, ErrorCode | undefined>> = {
  1002: "PROTOCOL",
  1009: "TOO_LARGE",
  4000: "PROTOCOL",
  4001: "UNAUTHORIZED",
  4003: "FORBIDDEN",
  4006: "PROTOCOL",
  4009: "REPLACED",
  4013: "TOO_LARGE",
  4208: "RATE_LIMITED",
};

/** Something comes every interval + timeout; before we conclude, we ask. PROTOCOL.md section 7. */
export function clientHeartbeat({ intervalMs, timeoutMs }: Welcome["heartbeat"]): Welcome["heartbeat"] {
  return { intervalMs: intervalMs + timeoutMs / 2, timeoutMs: timeoutMs / 2 };
}
