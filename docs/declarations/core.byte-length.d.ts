/// <reference lib="esnext.disposable" />
import { a as Log, c as Data, s as LogLevel } from "./holdfast-error.js";
/** Tells the log. */
type Report = (level: LogLevel, message: string, details: object) => void;
/** A report to the console from a level upwards, or to the user's log, which gets everything and cannot break us. */
declare function createReport(to: LogLevel | "off" | Log): Report;
/** A function of the user's threw where nobody can catch it: told to the log and, where there is one, the global handler. */
declare function reportThrown(report: Report, what: string, error: unknown): void;
/** How many bytes `data` is on the wire: text as UTF-8, headers aside. */
declare function byteLength(data: Data): number;
export { reportThrown as i, Report as n, createReport as r, byteLength as t };
