// The zod-free half of core: what a shell of its own needs (ports, state chart, driver).
export { type Data, type DialRequest, type Link, type LinkListener, type Transport } from "./ports/transport.ts";
export { type Clock } from "./ports/clock.ts";
export { type Surroundings } from "./ports/surroundings.ts";
export { type Log, type LogEntry, type LogLevel } from "./ports/log.ts";
export { type Close, type Verdict, verdictOf } from "./protocol/close.ts";
export { type LinkId } from "./protocol/ids.ts";
export { after, type Instant } from "./protocol/instant.ts";
export { type Hint } from "./connection/event.ts";
export { type Why } from "./connection/why.ts";
export { type Policy } from "./connection/policy.ts";
export { type State } from "./connection/state.ts";
