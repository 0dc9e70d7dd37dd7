import type { Emitter } from "../common/emitter.ts";
import { isUp } from "../connection/state.ts";
import type { ClientEngine, ClientHeard } from "../engine/client-engine.ts";
import type { Answering } from "../exchange/answering.ts";
import type { Asking } from "../exchange/asking.ts";
import type { Clock } from "../ports/clock.ts";
import type { Data } from "../ports/transport.ts";
import * as closeCodes from "../protocol/close-codes.ts";
import { isAnswer } from "../protocol/direction.ts";
import type { WireRecord } from "../protocol/shapes.ts";
import type { Ticket } from "../session/outbox.ts";
import type { SessionEvents } from "./client.ts";
import { closed } from "./connection-state.ts";
import type { Driver } from "./host.ts";
import type { PageKeeper } from "./page-keeper.ts";
import { refuse } from "./refuse.ts";
import type { Report } from "./report.ts";
import type { SessionWriter } from "./session-writer.ts";

/** So much waits in a socket whose peer does not read: more than a window of the usual size leaves there. */
const maxUnreadBytes = 1e6;

/** What hearing needs of the client that hears. */
export interface HearingHost {
  readonly clock: Clock;
  readonly engine: ClientEngine;
  readonly driver: Driver;
  readonly keeper: Pick<PageKeeper, "keeps">;
  readonly writer: Pick<SessionWriter, "heard">;
  readonly asking: Asking;
  readonly answering: Answering;
  readonly emitter: Pick<Emitter<SessionEvents>, "emit" | "together">;
  readonly report: Report;
  /** The server asks who we are. */
  refresh(): void;
  /** The server wants this link to end, within so many milliseconds, and the next one perhaps elsewhere. */
  move(withinMs: number, url: string | undefined): void;
  /** Something that was said has arrived. */
  delivered(): void;
}

/** What the server says, to those whom it concerns. */
export interface Hearing {
  /** A message arrived on the newest link. */
  receive(data: Data): void;
  /** Hands over what waits, until the page goes. */
  handOver(): void;
}

export function createHearing(host: HearingHost): Hearing {
  const { clock, engine, driver, keeper, writer, asking, answering, emitter, report } = host;

  function receive(data: Data): void {
    if (!isUp(driver.state)) return;
    if (typeof data !== "string") return refuse(driver, closeCodes.protocol, "binary");
    hear(engine.receive(data, clock.now()));
    handOver();
  }

  function handOver(): void {
    for (let record; !keeper.keeps() && (record = engine.end.handOver());) take(record);
    if (engine.end.isViolated) refuse(driver, closeCodes.protocol, "a record that cannot be");
    writer.heard();
  }

  function hear(heard: ClientHeard): void {
    switch (heard.type) {
      case "acked":
        return acked(heard.tickets);
      case "reply":
        // Who pings on and on and does not read gets no answer, for nothing else bounds those. That what waits is read shows life as well.
        if (driver.bufferedBytes < maxUnreadBytes) driver.write(heard.text);
        return;
      case "volatile":
        // What came before may have ended the link, or let the page go.
        for (const record of heard.records) if (isUp(driver.state) && !keeper.keeps()) take(record);
        return;
      case "greeted":
        acked(heard.tickets);
        asking.tooLarge(heard.tooLarge);
        return greeted(heard.outcome);
      case "lost": {
        const { reason } = heard;
        // Nobody says what another one has said.
        const inDoubt = asking.lost(heard.aftermath, reason === "identity");
        // What a handler says now comes behind it.
        answering.abort(closed("session lost"));
        report("warn", "session lost", { reason, inDoubt: inDoubt.length });
        // Who hears of it can say everything again: the link is open then.
        return emitter.together(() => {
          emitter.emit("lost", { reason, inDoubt });
          greeted("opened");
        });
      }
      case "credential":
        return host.refresh();
      case "drain":
        return host.move(heard.withinMs, heard.url);
      case "broken":
        report("warn", "link broken", heard);
        return refuse(driver, heard.code, heard.reason);
      case "nothing":
    }
  }

  function take(record: WireRecord): void {
    if (isAnswer(record)) asking.heard(record);
    else answering.heard(record);
  }

  function acked(tickets: readonly Ticket[]): void {
    host.delivered();
    asking.acked(tickets);
    answering.wake();
  }

  /** The link is open, and the session is there. */
  function greeted(outcome: "opened" | "resumed"): void {
    const id = engine.sessionId as string;
    driver.dispatch({ type: "greeted", linkId: driver.state.linkId });
    emitter.emit(outcome, { id });
  }

  return { receive, handOver };
}
