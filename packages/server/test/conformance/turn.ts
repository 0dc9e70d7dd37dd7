import type { Action } from "./case.ts";

/** Everything that an end did in one turn. */
export class Turn {
  readonly writes: string[] = [];
  readonly hears: unknown[] = [];
  readonly settles: Record<string, string> = {};
  readonly closes: Record<string, number | "any"> = {};
  readonly ends: Record<string, string> = {};
  readonly aborts: number[] = [];
  lost: string | undefined;
  isStopped = false;
  readonly #link: number;

  /** `link`: the only one on which anything may be written. */
  constructor(link: number) {
    this.#link = link;
  }

  write(link: number, text: string): void {
    if (link !== this.#link) throw new Error(`wrote on link ${link}: ${text}`);
    this.writes.push(text);
  }

  settle(name: string, fate: string): void {
    if (name in this.settles) throw new Error(`${name} was settled twice`);
    this.settles[name] = fate;
  }

  close(link: number, code: number | "any"): void {
    if (link in this.closes) throw new Error(`link ${link} was closed twice`);
    this.closes[link] = code;
  }
}

/** An end of a session as a case drives it. What it does is told to the turn that was begun last. */
export interface Played {
  begin(turn: Turn): void;
  /** Time passes, and what is due is done; or time passes unnoticed. */
  pass(ms: number, how: "awake" | "stalled"): void;
  open(link: number): void;
  receive(link: number, text: string): void;
  closed(link: number, code: number): void;
  /** What came and can be handed over is. */
  handOver(): void;
  does(action: Action): void;
  /** The turn is over: what is due is done, and what can be written is. */
  finish(): void;
}
