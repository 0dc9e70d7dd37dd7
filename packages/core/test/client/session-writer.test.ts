import { describe, expect, it } from "vitest";
import { virtualClock } from "../../../testing/src/index.ts";
import { createSessionWriter } from "../../src/client/session-writer.ts";
import { burstBytes, recordBytes } from "../../src/exchange/burst.ts";
import { after, never } from "../../src/protocol/instant.ts";

/** A writer of numbered frames, of which `room` fit the window, in a runtime that lets a flow wait. */
function createDesk({ room = Infinity } = {}) {
  const clock = virtualClock();
  const written: string[] = [];
  const later: (() => void)[] = [];
  let said = 0;
  let ackAt = never;
  const writer = createSessionWriter({
    clock,
    turn(act, canWait) {
      if (!canWait) return Promise.resolve().then(act);
      later.push(act);
      return undefined;
    },
    engine: {
      end: {
        write: () => (written.length < Math.min(said, room) ? `frame ${written.length + 1}` : undefined),
        get ackAt() {
          return ackAt;
        },
        get isIdle() {
          return written.length === said;
        },
        tell() {},
      },
    },
    driver: { write: (text) => void written.push(String(text)) },
    mayWrite: () => true,
  });
  return {
    clock,
    writer,
    written,
    /** An ack is due so much later. */
    owe: (ms: number) => void (ackAt = after(clock.now(), ms)),
    /** An event that nobody awaits. */
    say(bytes = 1): void {
      said++;
      writer.soon(bytes, true);
    },
    ask(bytes = 1): void {
      said++;
      writer.soon(bytes);
    },
    /** An answer, or an event that somebody awaits. */
    answer(): void {
      said++;
      writer.soon();
    },
    /** As many more fit. */
    makeRoom: (more: number) => void (room += more),
    /** What waited has waited enough. */
    endWait(): void {
      for (const act of later.splice(0)) act();
    },
    turn: () => Promise.resolve(),
  };
}

describe("what arrives", () => {
  it("has what waits go on waiting: an ack is no reason for a write", async () => {
    const desk = createDesk();
    desk.say();
    desk.writer.heard();
    await desk.turn();
    expect(desk.written).toEqual([]);
    desk.endWait();
    expect(desk.written).toEqual(["frame 1"]);
  });

  it("has written at once what found no room, whatever else waits", async () => {
    const desk = createDesk({ room: 1 });
    desk.say();
    desk.say();
    desk.endWait();
    desk.say();
    expect(desk.written).toEqual(["frame 1"]);
    desk.makeRoom(2);
    desk.writer.heard();
    await desk.turn();
    expect(desk.written).toEqual(["frame 1", "frame 2", "frame 3"]);
  });

  it("has an answer to it written by the end of the turn", async () => {
    const desk = createDesk();
    desk.writer.heard();
    desk.ask();
    await desk.turn();
    expect(desk.written).toEqual(["frame 1"]);
  });
});

describe("what is said", () => {
  it("waits for the end of the turn, however much it is: a frame of a turn is dearer than what the peer could begin with", () => {
    const desk = createDesk();
    desk.say(10 * burstBytes);
    expect(desk.written).toEqual([]);
    desk.endWait();
    expect(desk.written).toEqual(["frame 1"]);
  });

  it("waits for it where it is answers, or somebody awaits it, however many they are", async () => {
    const desk = createDesk();
    for (let n = 0; n <= burstBytes / recordBytes; n++) desk.answer();
    expect(desk.written).toEqual([]);
    await desk.turn();
    expect(desk.written[0]).toBe("frame 1");
  });
});

describe("what is asked", () => {
  it("is written at once when it is worth a frame, and not tried again and again while there is no room", () => {
    const desk = createDesk({ room: 1 });
    desk.ask(burstBytes);
    expect(desk.written).toEqual(["frame 1"]);
    desk.ask(burstBytes);
    desk.makeRoom(1);
    desk.ask(burstBytes);
    expect(desk.written).toEqual(["frame 1"]);
  });
});

describe("an ack that waits", () => {
  it("has one timer, however often is written meanwhile, and none once the link is gone", () => {
    const { clock, owe, writer } = createDesk();
    owe(100);
    writer.flush();
    writer.flush();
    expect(clock.pending).toBe(1);
    writer.stop();
    expect(clock.pending).toBe(0);
  });
});
