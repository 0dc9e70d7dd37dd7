import type { Ledger } from "../../shared/ledger.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import type { Entry, Log } from "./log.ts";

const burstLength = 200;
/** Slow enough for somebody to cut the link in the middle. */
const sayEveryMs = 20;

/** What came of one burst. */
interface Burst {
  readonly entry: Entry;
  said: number;
  heard: number;
}

/** Lets a button say many things in a row; in the log they are one. */
export function wireBurst(live: Live, ledger: Ledger, log: Log, alsoSay: () => void): void {
  const button = element("burst", HTMLButtonElement);
  const progress = element("burst-progress", HTMLProgressElement);
  const bursts = new Map<number, Burst>();
  /** What was said before, a page before has said. */
  const ownFrom = ledger.next;
  let timer: ReturnType<typeof setInterval> | undefined;

  button.addEventListener("click", () => start());
  live.on("said", ({ to: { burst: first } }) => {
    if (first === undefined) return;
    const burst = bursts.get(first) ?? adopt(first);
    if (!burst) return;
    burst.heard++;
    show(burst);
  });
  live.subscribe(({ name }) => {
    if (name === "CLOSING" || name === "CLOSED") stop();
    look(name);
  });

  function start(): void {
    let first: number | undefined;
    const burst: Burst = { entry: log.add("said", `A burst of ${burstLength} messages`), said: 0, heard: 0 };
    timer = setInterval(() => {
      const { saying, delivered } = ledger.say(`Number ${burst.said + 1} of a burst`, first ?? "first");
      alsoSay();
      // The ledger counts what fails: two hundred notes would say no more.
      delivered.catch(() => {});
      first ??= saying.n;
      bursts.set(first, burst);
      burst.said++;
      show(burst);
      if (burst.said === burstLength) stop();
    }, sayEveryMs);
    look(live.state.name);
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    look(live.state.name);
  }

  /** Answers to what the page before has said. */
  function adopt(first: number): Burst | undefined {
    if (first >= ownFrom) return undefined;
    const entry = log.add("heard", "Answers to a burst of the page before");
    const burst: Burst = { entry, said: 0, heard: 0 };
    bursts.set(first, burst);
    return burst;
  }

  function show({ entry, said, heard }: Burst): void {
    const isWhole = heard === said || said === 0;
    entry.note(said ? `${said} said, ${heard} came back` : `${heard} so far`, isWhole ? "good" : "waiting");
    progress.value = (said + heard) / 2 / burstLength;
  }

  function look(name: string): void {
    button.disabled = timer !== undefined || name === "CLOSING" || name === "CLOSED";
  }
}
