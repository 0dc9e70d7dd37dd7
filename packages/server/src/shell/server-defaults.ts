/** Every option of a server and its default, as core's `fill` takes them. */
export const serverDefaults: {
  readonly limits: Readonly<Record<LimitName, number>>;
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly resumeWithinMs: number;
  readonly log: readonly unknown[];
  readonly authenticate: null;
} = {
  limits: {
    maxMessageBytes: 1_048_576,
    outboxBytes: 1_048_576,
    outboxTotalBytes: 268_435_456,
    windowBytes: 262_144,
    handlersInFlight: 256,
    callsInFlight: 64,
    streams: 64,
    messagesPerSecond: Infinity,
    handshakeMs: 10_000,
    sessions: 100_000,
    sessionsPerIdentity: 16,
    tombstones: 10_000,
  },
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
  resumeWithinMs: 120_000,
  log: ["warn", "debug", "info", "error", "off", "{write}"],
  authenticate: null,
};

type LimitName =
  | "maxMessageBytes"
  | "outboxBytes"
  | "outboxTotalBytes"
  | "windowBytes"
  | "handlersInFlight"
  | "callsInFlight"
  | "streams"
  | "messagesPerSecond"
  | "handshakeMs"
  | "sessions"
  | "sessionsPerIdentity"
  | "tombstones";
