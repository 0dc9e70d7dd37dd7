import uPlot from "uplot";
import { color } from "../color.ts";
import { element } from "../element.ts";
import { drawLanes } from "./draw-lanes.ts";
import { spanMs } from "./lanes.ts";
import type { Recorded, Recorder } from "./recorder.ts";

const redrawEveryMs = 500;
const height = 250;
/** The lanes are above the line, and what is written at its peak: it gets the lower part. */
const headroom = 3;
/** There the lanes are named. */
const namesWidth = 66;
const leastBytes = 100;

/** Draws what was recorded: states, links, heartbeats, acks and retries in lanes, the outbox as a line below. */
export function drawTimeline(recorder: Recorder): void {
  const box = element("timeline", HTMLElement);
  const steps = uPlot.paths.stepped?.({ align: 1 });
  const plot = new uPlot(
    {
      width: box.clientWidth || 600,
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [-spanMs / 1000, 0] },
        y: { range: (_, __, max) => [0, Math.max(leastBytes, max) * headroom] },
      },
      axes: [
        {
          stroke: () => color("--soft"),
          size: 30,
          font: "12px system-ui, sans-serif",
          grid: { show: false },
          ticks: { show: false },
          values: (_, ticks) => ticks.map((tick) => (tick ? `${-tick} s ago` : "now")),
        },
        { size: namesWidth, values: () => [], grid: { show: false }, ticks: { show: false } },
      ],
      series: [
        {},
        {
          stroke: () => color("--closing"),
          fill: () => color("--shade"),
          width: 2,
          points: { show: false },
          ...(steps ? { paths: steps } : {}),
        },
      ],
      hooks: { draw: [(u) => drawLanes(u, recorder.records, Date.now())] },
    },
    [[], []],
    box,
  );
  setInterval(() => {
    if (box.clientWidth === 0) return;
    if (plot.width !== box.clientWidth) plot.setSize({ width: box.clientWidth, height });
    plot.setData(outbox(recorder.records, Date.now()));
  }, redrawEveryMs);
}

/** How deep the outbox was, whenever it changed, and is. */
function outbox(records: readonly Recorded[], nowMs: number): [number[], number[]] {
  const x: number[] = [];
  const y: number[] = [];
  for (const record of records) {
    if (record.kind !== "outbox") continue;
    x.push((record.atMs - nowMs) / 1000);
    y.push(record.bytes);
  }
  x.push(0);
  y.push(y.at(-1) ?? 0);
  return [x, y];
}
