import type uPlot from "uplot";
import { color } from "../color.ts";
import { Lanes, lanes, lanesHeight, spanMs } from "./lanes.ts";
import type { Recorded } from "./recorder.ts";

/** What is written left of each lane, and where. */
const names = Object.entries({ ...lanes, outbox: lanesHeight + 24 });

/** Draws states and their phases, links, heartbeats, acks and retries with their chosen delays, and the outbox's peak. */
export function drawLanes(plot: uPlot, records: readonly Recorded[], nowMs: number): void {
  plot.ctx.save();
  const lanesOf = new Lanes(plot, nowMs);
  const shown = records.filter(({ atMs }) => atMs > nowMs - spanMs);
  for (const [name, lane] of names) lanesOf.name(name, lane, color("--soft"));
  drawStates(lanesOf, records, nowMs);
  drawLinks(lanesOf, records, nowMs);
  drawPeak(lanesOf, shown);
  for (const record of shown) {
    if (record.kind === "heartbeat") lanesOf.dot(record.atMs, lanes.heartbeat, color("--open"));
    if (record.kind === "ack") lanesOf.dot(record.atMs, lanes.ack, color("--ack"));
    if (record.kind !== "retry") continue;
    lanesOf.dot(record.atMs, lanes.retry, color("--connecting"));
    lanesOf.word(`${(record.delayMs / 1000).toFixed(1)} s`, record.atMs, lanes.retry, color("--ink"));
  }
  plot.ctx.restore();
}

function drawStates(to: Lanes, records: readonly Recorded[], nowMs: number): void {
  const states = records.filter((record) => record.kind === "state");
  states.forEach(({ name, phase, atMs }, index) => {
    const endMs = states[index + 1]?.atMs ?? nowMs;
    if (endMs < nowMs - spanMs) return;
    const fill = color(`--${name.toLowerCase()}`);
    to.bar(atMs, endMs, lanes.state, fill);
    to.word(name, atMs, lanes.state, color("--card"), endMs);
    to.bar(atMs, endMs, lanes.phase, color(`--phase-${phase}`));
    to.word(phase, atMs, lanes.phase, color("--ink"), endMs);
  });
}

/** Every link as a bar from its dial to its opening, and from there to its end. */
function drawLinks(to: Lanes, records: readonly Recorded[], nowMs: number): void {
  const begun = new Map<number, { readonly atMs: number; readonly fill: string }>();
  for (const record of records) {
    if (record.kind !== "link") continue;
    const { link, what, atMs } = record;
    const before = begun.get(link);
    if (before) to.bar(before.atMs, atMs, lanes.link, before.fill);
    if (what === "ended") begun.delete(link);
    else begun.set(link, { atMs, fill: color(what === "opened" ? "--sea" : "--connecting") });
  }
  for (const [link, { atMs, fill }] of begun) {
    to.bar(atMs, nowMs, lanes.link, fill);
    to.word(`link ${link}`, atMs, lanes.link, color("--card"), nowMs);
  }
}

/** How much the outbox held at most. */
function drawPeak(to: Lanes, shown: readonly Recorded[]): void {
  const depths = shown.filter((record) => record.kind === "outbox");
  const most = Math.max(0, ...depths.map(({ bytes }) => bytes));
  const peak = depths.find(({ bytes }) => bytes === most);
  if (!peak || most === 0) return;
  to.label(`${most.toLocaleString("en")} bytes`, peak.atMs, most, color("--ink"));
}
