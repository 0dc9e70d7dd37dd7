import uPlot from "uplot";
import { color } from "../color.ts";
import { element } from "../element.ts";

const height = 190;

/** Two series over the seconds since the start: polling and socket. */
export class Chart {
  readonly #plot: uPlot;
  readonly #data: [number[], (number | null)[], (number | null)[]] = [[], [], []];

  /** @param draws - lines that join what is added up, or a point for each delay */
  constructor(id: string, draws: "lines" | "points") {
    const box = element(id, HTMLElement);
    const series = (name: "--connecting" | "--open"): uPlot.Series => {
      const stroke = (): string => color(name);
      if (draws === "lines") return { stroke, width: 2, points: { show: false } };
      return { stroke, paths: () => null, points: { show: true, size: 7, stroke, fill: stroke } };
    };
    const axis: uPlot.Axis = {
      stroke: () => color("--soft"),
      grid: { stroke: () => color("--line"), width: 1 },
      ticks: { show: false },
      font: "12px system-ui, sans-serif",
    };
    this.#plot = new uPlot(
      {
        width: box.clientWidth || 320,
        height,
        cursor: { show: false },
        legend: { show: false },
        scales: { x: { time: false } },
        axes: [
          { ...axis, size: 30, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
          { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => tick.toLocaleString("en")) },
        ],
        series: [{}, series("--connecting"), series("--open")],
      },
      this.#data,
      box,
    );
    new ResizeObserver(() => {
      if (box.clientWidth) this.#plot.setSize({ width: box.clientWidth, height });
    }).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#plot.redraw());
  }

  clear(): void {
    for (const column of this.#data) column.length = 0;
    this.#plot.setData(this.#data);
  }

  /** One more point of either or both. */
  add(second: number, polling: number | null, socket: number | null): void {
    const [seconds, first, other] = this.#data;
    seconds.push(second);
    first.push(polling);
    other.push(socket);
    this.#plot.setData(this.#data);
  }
}
