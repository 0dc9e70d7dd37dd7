/// <reference lib="esnext.disposable" />
import { A as Verdict, C as Hint, D as Instant, E as LinkId, O as after, S as Event, T as Why, _ as Clock, a as LogEntry, b as Policy, c as Driver, d as Data, f as DialRequest, g as Surroundings, h as Transport, i as Log, j as verdictOf, k as Close, l as Host, m as LinkListener, n as HoldfastError, o as LogLevel, p as Link, r as systemClock, s as Attempt, t as ErrorCode, u as Judgement, v as State, w as Vitals, x as backoffMs, y as Backoff } from "./holdfast-error.js";
/** Queue the event, step, perform the effects, re-arm the one timer, notify. Nothing else. */
declare function createDriver(host: Host): Driver;
/** Tells the log. */
type Report = (level: LogLevel, message: string, details: Record<string, unknown>) => void;
/** A report to the console from a level upwards, or to the user's log, which gets everything and cannot break us. */
declare function createReport(to: LogLevel | "off" | Log): Report;
/** A function of the user's threw where nobody can catch it: told to the log and, where there is one, the global handler. */
declare function reportThrown(report: Report, what: string, error: unknown): void;
/** How many bytes `data` is on the wire: text as UTF-8, headers aside. */
declare function byteLength(data: Data): number;
export { type Attempt, type Backoff, type Clock, type Close, type Data, type DialRequest, type Driver, type ErrorCode, type Event, type Hint, HoldfastError, type Host, type Instant, type Judgement, type Link, type LinkId, type LinkListener, type Log, type LogEntry, type LogLevel, type Policy, type Report, type State, type Surroundings, type Transport, type Verdict, type Vitals, type Why, after, backoffMs, byteLength, createDriver, createReport, reportThrown, systemClock, verdictOf };
