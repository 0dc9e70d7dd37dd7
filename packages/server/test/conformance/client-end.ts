import {
  ClientEngine,
  type ClientHeard,
  type ClientLimits,
  closeCodes,
  encode,
  type Instant,
} from "@holdfast/core/session";
import type { Effect } from "../../../core/src/connection/effect.ts";
import type { Event } from "../../../core/src/connection/event.ts";
import type { Policy } from "../../../core/src/connection/policy.ts";
import { type Closing, initial, type State } from "../../../core/src/connection/state.ts";
import { transition } from "../../../core/src/connection/transition.ts";
import { Application } from "./application.ts";
import type { Action, Limits } from "./case.ts";
import type { Names } from "./names.ts";
import { volatile } from "./sayings.ts";
import type { Played, Turn } from "./turn.ts";

const credential = "ada";

/** The client's engines, connection and session, and the little that a shell adds. */
export class ClientEnd implements Played {
  readonly #limits: ClientLimits;
  readonly #application: Application;
  readonly #queue: Event[] = [];
  #engine: ClientEngine;
  #policy: Policy;
  #state: State = initial;
  #turn: Turn | undefined;
  #now = 0 as Instant;
  #heardAt = 0 as Instant;
  /** The newest link, and whether it was not closed yet. */
  #link = 0;
  #isUp = false;

  constructor(limits: Limits, names: Names) {
    this.#limits = { ...limits, windowBytes: limits.window, frameBytes: 65_536 };
    this.#engine = new ClientEngine(this.#limits);
    this.#application = new Application(names, () => this.#engine.end);
    this.#policy = {
      backoff: { initialMs: 0, maxMs: 0, factor: 1, jitter: "none", maxAttempts: Infinity },
      dialTimeoutMs: limits.dialTimeoutMs,
      closeTimeoutMs: 3_000,
      stableAfterMs: 5_000,
      heartbeat: undefined,
    };
    this.#dispatch({ type: "open" });
  }

  begin(turn: Turn): void {
    this.#turn = turn;
    this.#application.begin(turn);
  }

  pass(ms: number, how: "awake" | "stalled"): void {
    const until = this.#now + ms;
    const due = (): number => Math.min(this.#state.deadline, this.#isUp ? this.#engine.end.ackAt : Infinity);
    while (how === "awake" && due() <= until) {
      this.#now = Math.max(this.#now, due()) as Instant;
      this.#ring();
    }
    this.#now = until as Instant;
  }

  open(link: number): void {
    this.#ring();
    if (this.#state.phase !== "dialing") throw new Error(`the client does not dial: ${this.#state.phase}`);
    this.#link = link;
    this.#isUp = true;
    this.#heardAt = this.#now;
    this.#dispatch({ type: "opened", linkId: this.#state.linkId });
  }

  receive(link: number, text: string): void {
    const { phase } = this.#state;
    if (link !== this.#link || (phase !== "open" && phase !== "greeting")) return;
    this.#heardAt = this.#now;
    this.#hear(this.#engine.receive(text, this.#now));
  }

  closed(link: number, code: number): void {
    if (link !== this.#link) return;
    this.#isUp = false;
    this.#lose(code, code !== 1006);
  }

  does(action: Action): void {
    if (typeof action === "object") {
      if ("publish" in action) throw new Error("only a server publishes");
      if ("volatile" in action) this.#volatile(action.volatile);
      else this.#application.does(action);
      return;
    }
    switch (action) {
      case "pause":
        this.#application.appetite = 0;
        return;
      case "go on":
        this.#application.appetite = Infinity;
        return;
      case "end":
        // What was handed over is told before a clean close.
        this.#engine.end.tell(this.#now);
        this.#flush();
        return this.#dispatch({ type: "close", code: 1000, reason: "" });
      case "reload":
        this.#engine = new ClientEngine(this.#limits, this.#engine.stored);
        this.#application.sayings.forget();
        this.#state = initial;
        this.#dispatch({ type: "open" });
    }
  }

  handOver(): void {
    if (this.#isUp) this.#application.takeAll();
    if (this.#isUp && this.#engine.end.isViolated) this.#refuse(closeCodes.protocol);
    this.#application.answerAll();
  }

  finish(): void {
    this.#ring();
  }

  #hear(heard: ClientHeard): void {
    switch (heard.type) {
      case "acked":
        return this.#application.sayings.acked(heard.tickets);
      case "reply":
        return this.#write(heard.text);
      case "credential":
        return this.#write(encode(["auth", credential]));
      case "volatile":
        return heard.records.forEach((record) => this.#application.hear(record));
      case "greeted":
        this.#application.sayings.acked(heard.tickets);
        for (const { ticket } of heard.tooLarge) this.#application.sayings.settle(ticket, "TOO_LARGE");
        return this.#greeted();
      case "lost":
        if (this.#turn) this.#turn.lost = heard.reason;
        this.#application.abort();
        this.#application.drop();
        this.#application.sayings.lost(heard.aftermath, heard.reason === "identity" ? "never" : "again");
        return this.#greeted();
      case "broken":
        return this.#refuse(heard.code);
      case "nothing":
      case "drain":
    }
  }

  #greeted(): void {
    const { heartbeat: told } = this.#engine.terms as Pick<Limits, "heartbeat">;
    const heartbeat = { intervalMs: told.intervalMs + told.timeoutMs / 2, timeoutMs: told.timeoutMs / 2 };
    this.#policy = { ...this.#policy, heartbeat };
    this.#dispatch({ type: "greeted", linkId: this.#state.linkId });
  }

  #dispatch(event: Event): void {
    if (this.#queue.push(event) > 1) return;
    for (const next of this.#queue) {
      const vitals = { heardAt: this.#heardAt, drainedBytes: 0, bufferedBytes: 0 };
      const wasOver = this.#state.phase === "ended";
      const env = { now: this.#now, roll: 0, vitals, policy: this.#policy };
      const [after, ...effects] = transition(this.#state, next, env);
      this.#state = after;
      for (const effect of effects) this.#effects[effect]();
      if (after.phase === "ended" && !wasOver && this.#turn) this.#turn.isStopped = true;
    }
    this.#queue.length = 0;
  }

  readonly #effects: Record<Effect, () => void> = {
    dial: () => {},
    greet: () => this.#write(this.#engine.hello(credential, 0)),
    flush: () => {},
    ping: () => this.#write("ping"),
    hangUp: () => this.#close((this.#state as Partial<Closing>).code ?? closeCodes.drain),
    abandon: () => {
      this.#engine.detach();
      this.#close("any");
    },
    judge: () => this.#dispatch({ type: "judged" }),
  };

  #refuse(code: number): void {
    this.#close(code);
    this.#lose(code, false);
  }

  #lose(code: number, wasClean: boolean): void {
    const { linkId } = this.#state;
    this.#dispatch({ type: "lost", linkId, why: { kind: "closed", code, reason: "", wasClean } });
  }

  #close(code: number | "any"): void {
    if (this.#isUp) this.#turn?.close(this.#link, code);
    this.#isUp = false;
  }

  #write(text: string): void {
    this.#turn?.write(this.#link, text);
  }

  #volatile(record: readonly unknown[]): void {
    const isOpen = this.#isUp && this.#state.phase === "open";
    if (isOpen && this.#engine.end.isIdle) this.#write(volatile(record));
  }

  #ring(): void {
    this.#dispatch({ type: "timer" });
    this.#flush();
  }

  #flush(): void {
    while (this.#isUp) {
      const text = this.#engine.end.write(this.#now);
      if (text === undefined) break;
      this.#write(text);
    }
  }
}
