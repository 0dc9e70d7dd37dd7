/// <reference lib="esnext.disposable" />
import { a as Surroundings, c as Policy, d as Hint, f as Vitals, i as Judgement, l as backoffMs, m as LinkId, n as Driver, o as State, p as Why, r as Host, s as Backoff, t as Attempt, u as Event } from "./host.js";
import { i as reportThrown, n as Report, r as createReport, t as byteLength } from "./byte-length.js";
import { a as Log, c as Data, d as LinkListener, f as Transport, g as verdictOf, h as Verdict, i as systemClock, l as DialRequest, m as Close, n as HoldfastError, o as LogEntry, p as Clock, s as LogLevel, t as ErrorCode, u as Link } from "./holdfast-error.js";
import { n as after, t as Instant } from "./instant.js";
/** Queue the event, step, perform the effects, re-arm the one timer, notify. Nothing else. */
declare function createDriver(host: Host): Driver;
export { type Attempt, type Backoff, type Clock, type Close, type Data, type DialRequest, type Driver, type ErrorCode, type Event, type Hint, HoldfastError, type Host, type Instant, type Judgement, type Link, type LinkId, type LinkListener, type Log, type LogEntry, type LogLevel, type Policy, type Report, type State, type Surroundings, type Transport, type Verdict, type Vitals, type Why, after, backoffMs, byteLength, createDriver, createReport, reportThrown, systemClock, verdictOf };
