import type uPlot from "uplot";
import { color } from "../color.ts";
import type { Recorded } from "./recorder.ts";

/** How much of the past is shown. */
export const spanMs = 60_000;

/** Where the lanes are, in pixels from the top of the plot. */
const lanes = { state: 2, phase: 22, link: 42, heartbeat: 62, ack: 78, retry: 94 } as const;
const barHeight = 16;
/** A word is written where there is room for it. */
const roomForWord = 76;

/** A canvas that knows when is where. */
class Lanes {
  readonly #plot: uPlot;
  readonly #nowMs: number;

  constructor(plot: uPlot, nowMs: number) {
    this.#plot = plot;
    this.#nowMs = nowMs;
    plot.ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    plot.ctx.textAlign = "left";
    plot.ctx.textBaseline = "middle";
  }

  bar(fromMs: number, toMs: number, lane: number, fill: string): void {
    const { ctx } = this.#plot;
    ctx.fillStyle = fill;
    const left = this.#x(fromMs);
    ctx.fillRect(
      left,
      this.#y(lane),
      Math.max(devicePixelRatio, this.#x(toMs) - left),
      barHeight * devicePixelRatio,
    );
  }

  dot(atMs: number, lane: number, fill: string): void {
    const { ctx } = this.#plot;
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.arc(this.#x(atMs), this.#y(lane + 8), 2.2 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }

  /** Not if it would be wider than up to `toMs`. */
  word(text: string, fromMs: number, lane: number, fill: string, toMs = Infinity): void {
    const left = this.#x(fromMs);
    if (toMs !== Infinity && this.#x(toMs) - left < roomForWord * devicePixelRatio) return;
    const { ctx } = this.#plot;
    ctx.fillStyle = fill;
    ctx.fillText(text, left + 5 * devicePixelRatio, this.#y(lane + 8.5));
  }

  #x(atMs: number): number {
    return this.#plot.valToPos(Math.max(-spanMs, atMs - this.#nowMs) / 1000, "x", true);
  }

  #y(lane: number): number {
    return this.#plot.bbox.top + lane * devicePixelRatio;
  }
}

/** Draws states and their phases, links, heartbeats, acks and retries with their chosen delays. */
export function drawLanes(plot: uPlot, records: readonly Recorded[], nowMs: number): void {
  plot.ctx.save();
  const lanesOf = new Lanes(plot, nowMs);
  const shown = (atMs: number): boolean => atMs > nowMs - spanMs;
  drawStates(lanesOf, records, nowMs);
  drawLinks(lanesOf, records, nowMs);
  for (const record of records) {
    if (!shown(record.atMs)) continue;
    if (record.kind === "heartbeat") lanesOf.dot(record.atMs, lanes.heartbeat, color("--open"));
    if (record.kind === "ack") lanesOf.dot(record.atMs, lanes.ack, color("--sea"));
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
    to.bar(atMs, endMs, lanes.phase, color("--line"));
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
