// Sessions, for the other end and for tests: the pure half.
export { type Answer } from "./engine/duties.ts";
export { ClientEngine, type ClientHeard, type ClientLimits, type Stored, violation } from "./engine/client-engine.ts";
export { End, type EndLimits, type Heard } from "./engine/end.ts";
export { closeCodes, subprotocol } from "./protocol/close-codes.ts";
export { decode, type Malformed } from "./protocol/decode.ts";
export { encode, encodeData, encodeRecord } from "./protocol/encode.ts";
export { after, type Instant, never } from "./protocol/instant.ts";
export { type Frame, type Hello, type Welcome, type WireRecord } from "./protocol/shapes.ts";
export { type Aftermath, settleLost } from "./session/lost.ts";
export { type Kept, nobody, type Outgoing, type Ticket } from "./session/outbox.ts";
export { type PeerLimits, type Remains, type Violation } from "./session/session.ts";

// And the half that has promises: what both ends do alike.
export { byteLength } from "./client/byte-length.ts";
export { check, fill, type Filled } from "./client/defaults.ts";
export { createEmitter, type Emitter, type Undo } from "./client/emitter.ts";
export { createReport, type Report, reportThrown } from "./client/report.ts";
export { systemClock } from "./client/system-clock.ts";
export { wait, type WaitOptions } from "./client/wait.ts";
export { type Contract } from "./contract/contract.ts";
export { type AnyHandler, type Answering, createAnswering, type InvalidRecord } from "./exchange/answering.ts";
export { type Asking, type CallOptions, createAsking } from "./exchange/asking.ts";
export { type Entries, ownEntry, type Said, say, toWire } from "./exchange/speech.ts";
export { tryAsk } from "./exchange/try-ask.ts";
export { type ReaderOptions } from "./exchange/reader.ts";
export { HoldfastError } from "./holdfast-error.ts";
export { type Clock } from "./ports/clock.ts";
export { type Log, type LogLevel } from "./ports/log.ts";
export { type Link, type LinkListener } from "./ports/transport.ts";
export { type Close } from "./protocol/close.ts";
