// The half of core that knows no schemas: ports, state chart and driver, for shells of another shape.
export { createDriver } from "./client/driver.ts";
export type { Attempt, Driver, Host, Judgement } from "./client/host.ts";
export { createReport, type Report, reportThrown } from "./client/report.ts";
export { systemClock } from "./client/system-clock.ts";
export { byteLength } from "./common/byte-length.ts";
export { type ErrorCode, HoldfastError } from "./holdfast-error.ts";
export { type Event, type Hint, type Vitals } from "./connection/event.ts";
export { type Backoff, backoffMs, type Policy } from "./connection/policy.ts";
export { type State } from "./connection/state.ts";
export { type Why } from "./connection/why.ts";
export { type Clock } from "./ports/clock.ts";
export { type Log, type LogEntry, type LogLevel } from "./ports/log.ts";
export { type Surroundings } from "./ports/surroundings.ts";
export {
  type Data,
  type DialRequest,
  type Link,
  type LinkListener,
  type Transport,
} from "./ports/transport.ts";
export { type Close, type Verdict, verdictOf } from "./protocol/close.ts";
export { type LinkId } from "./protocol/ids.ts";
export { after, type Instant } from "./protocol/instant.ts";
