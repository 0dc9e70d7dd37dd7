/** The close codes of the protocol. What a client does about one depends on its range. PROTOCOL.md section 8. */
export const closeCodes = {
  protocol: 4000,
  refused: 4001,
  forbidden: 4003,
  version: 4006,
  replaced: 4009,
  tooLarge: 4013,
  credentialExpired: 4101,
  drain: 4200,
  heartbeat: 4201,
  gap: 4202,
  internal: 4203,
  rateLimited: 4208,
  noHello: 4210,
  sessionExpired: 4300,
  overflow: 4301,
  stateLost: 4302,
} as const;

/** The subprotocol of version 1. PROTOCOL.md section 2. */
export const subprotocol = "holdfast.1";
