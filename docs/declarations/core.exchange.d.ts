/// <reference lib="esnext.disposable" />
import { i as reportThrown, n as Report, r as createReport, t as byteLength } from "./byte-length.js";
import { F as createEmitter, I as check, M as wait, N as Emitter, P as Undo, _ as Contract, c as InvalidRecord, d as Said, f as ownEntry, h as checkEntries, i as ReaderOptions, j as WaitOptions, l as createAnswering, m as toWire, n as CallOptions, o as Answering, p as say, r as createAsking, s as AnyHandler, t as Asking, u as Entries } from "./asking.js";
import { a as Log, d as LinkListener, i as systemClock, m as Close, n as HoldfastError, p as Clock, s as LogLevel, u as Link } from "./holdfast-error.js";
import { s as isAnswer } from "./end.js";
/** So much is worth a frame of its own when something is asked, whatever the turn still brings: the peer can begin with the answers. */
declare const burstBytes = 24e3;
/** What a record weighs there beside its text. */
declare const recordBytes = 500;
/** What a table of defaults becomes when it is filled in. */
type Filled<T> = { readonly [K in keyof T]: T[K] extends readonly (infer Word)[] ? Word : T[K] extends number ? number : Filled<T[K]>; };
/** `given` with every default in place. @throws HoldfastError `CONFIG`, naming the option and the value. */
declare function fill<T extends object>(table: T, given?: object, path?: string): Filled<T>;
/** The largest frame that a client takes, and tells its server so. */
declare const maxMessageBytes = 1048576;
/** Calls back in the next round of the event loop, after what has arrived meanwhile. */
type NextRound = (callback: () => void) => void;
/** What follows one message within so much time is a flow, and can wait; whoever answers an answer takes longer. */
declare const flowMs = .05;
/** Acts a few rounds of the event loop later, or after a millisecond if rounds are slow. */
declare function roundsLater(act: () => void, nextRound: NextRound, clock: Pick<Clock, "now">): void;
/** The answer to a call, with the contract's own errors returned and not thrown. */
declare function tryAsk(entries: Entries, name: string, asked: Promise<unknown>): Promise<Tried>;
type Tried = {
  ok: true;
  output: unknown;
} | {
  ok: false;
  error: {
    code: string;
    data: unknown;
  };
};
export { type Answering, type AnyHandler, type Asking, type CallOptions, type Clock, type Close, type Contract, type Emitter, type Entries, type Filled, HoldfastError, type InvalidRecord, type Link, type LinkListener, type Log, type LogLevel, type NextRound, type ReaderOptions, type Report, type Said, type Undo, type WaitOptions, burstBytes, byteLength, check, checkEntries, createAnswering, createAsking, createEmitter, createReport, fill, flowMs, isAnswer, maxMessageBytes, ownEntry, recordBytes, reportThrown, roundsLater, say, systemClock, toWire, tryAsk, wait };
