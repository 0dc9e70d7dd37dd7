// Sessions, for the other end: the half that has promises. What both ends do alike.
export { byteLength } from "./common/byte-length.ts";
export { burstBytes, recordBytes } from "./exchange/burst.ts";
export { fill, type Filled } from "./client/defaults.ts";
export { check } from "./common/check.ts";
export { createEmitter, type Emitter, type Undo } from "./common/emitter.ts";
export { createReport, type Report, reportThrown } from "./client/report.ts";
export { maxMessageBytes } from "./client/session-terms.ts";
export { systemClock } from "./client/system-clock.ts";
export { wait, type WaitOptions } from "./common/wait.ts";
export { checkEntries } from "./contract/check-entries.ts";
export { type Contract } from "./contract/contract.ts";
export {
  type AnyHandler,
  type Answering,
  createAnswering,
  type InvalidRecord,
} from "./exchange/answering.ts";
export { type Asking, type CallOptions, createAsking } from "./exchange/asking.ts";
export { isAnswer } from "./protocol/direction.ts";
export { type Entries, ownEntry, type Said, say, toWire } from "./exchange/speech.ts";
export { flowMs, type NextRound, roundsLater } from "./exchange/rounds.ts";
export { tryAsk } from "./exchange/try-ask.ts";
export { type ReaderOptions } from "./exchange/reader.ts";
export { HoldfastError } from "./holdfast-error.ts";
export { type Clock } from "./ports/clock.ts";
export { type Log, type LogLevel } from "./ports/log.ts";
export { type Link, type LinkListener } from "./ports/transport.ts";
export { type Close } from "./protocol/close.ts";
