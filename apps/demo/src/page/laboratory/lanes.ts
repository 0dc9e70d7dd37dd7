import type uPlot from "uplot";

/** How much of the past is shown. */
export const spanMs = 60_000;

/** Where the lanes are, in pixels from the top of the plot. */
export const lanes = { state: 2, phase: 22, link: 42, heartbeat: 62, ack: 80, retry: 98 } as const;
/** What is below the last lane is the outbox's. */
export const lanesHeight = 116;
const barHeight = 16;
/** A word is written where there is room for it. */
const roomForWord = 76;
const fontPixels = 11;

/** A canvas that knows when is where. Lanes are told by their place from the top. */
export class Lanes {
  readonly #plot: uPlot;
  readonly #nowMs: number;

  constructor(plot: uPlot, nowMs: number) {
    this.#plot = plot;
    this.#nowMs = nowMs;
    plot.ctx.font = `${fontPixels * devicePixelRatio}px system-ui, sans-serif`;
    plot.ctx.textBaseline = "middle";
  }

  bar(fromMs: number, toMs: number, lane: number, fill: string): void {
    const { ctx } = this.#plot;
    ctx.fillStyle = fill;
    const left = this.#x(fromMs);
    const width = Math.max(devicePixelRatio, this.#x(toMs) - left);
    ctx.fillRect(left, this.#y(lane), width, barHeight * devicePixelRatio);
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
    this.#text(text, left + 5 * devicePixelRatio, this.#y(lane + 8.5), fill, "left");
  }

  /** What the lane is called, left of the plot. */
  name(text: string, lane: number, fill: string): void {
    const { left } = this.#plot.bbox;
    this.#text(text, left - 8 * devicePixelRatio, this.#y(lane + 8.5), fill, "right");
  }

  /** A word at a point of the line, above it and within the plot. */
  label(text: string, atMs: number, value: number, fill: string): void {
    const { ctx, bbox } = this.#plot;
    const half = ctx.measureText(text).width / 2;
    const right = bbox.left + bbox.width - half;
    const x = Math.min(right, Math.max(bbox.left + half, this.#x(atMs)));
    const y = this.#plot.valToPos(value, "y", true) - 9 * devicePixelRatio;
    this.#text(text, x, y, fill, "center");
  }

  #text(text: string, x: number, y: number, fill: string, align: CanvasTextAlign): void {
    const { ctx } = this.#plot;
    ctx.fillStyle = fill;
    ctx.textAlign = align;
    ctx.fillText(text, x, y);
  }

  #x(atMs: number): number {
    return this.#plot.valToPos(Math.max(-spanMs, atMs - this.#nowMs) / 1000, "x", true);
  }

  #y(lane: number): number {
    return this.#plot.bbox.top + lane * devicePixelRatio;
  }
}
