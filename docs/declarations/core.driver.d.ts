/// <reference lib="esnext.disposable" />
import { A as Close, C as Event, D as LinkId, E as Why, M as verdictOf, O as Instant, S as backoffMs, T as Vitals, _ as Surroundings, a as LogEntry, b as Backoff, c as Driver, d as createDriver, f as Data, g as Transport, h as LinkListener, i as Log, j as Verdict, k as after, l as Host, m as Link, n as HoldfastError, o as LogLevel, p as DialRequest, r as systemClock, s as Attempt, t as ErrorCode, u as Judgement, v as Clock, w as Hint, x as Policy, y as State } from "./holdfast-error.js";
/** Tells the log. */
type Report = (level: LogLevel, message: string, details: Record<string, unknown>) => void;
/** A report to the console from a level upwards, or to the user's log, which gets everything and cannot break us. */
declare function createReport(to: LogLevel | "off" | Log): Report;
/** A function of the user's threw where nobody can catch it: told to the log and, where there is one, the global handler. */
declare function reportThrown(report: Report, what: string, error: unknown): void;
/** How many bytes `data` is on the wire: text as UTF-8, headers aside. */
declare function byteLength(data: Data): number;
export { type Attempt, type Backoff, type Clock, type Close, type Data, type DialRequest, type Driver, type ErrorCode, type Event, type Hint, HoldfastError, type Host, type Instant, type Judgement, type Link, type LinkId, type LinkListener, type Log, type LogEntry, type LogLevel, type Policy, type Report, type State, type Surroundings, type Transport, type Verdict, type Vitals, type Why, after, backoffMs, byteLength, createDriver, createReport, reportThrown, systemClock, verdictOf };
