import type { Case } from "./case.ts";

/** Which position an end has told on each link: to say it again with records is allowed, and means nothing. */
export class Told {
  readonly #end: Case["end"];
  readonly #positions: Map<number, number> = new Map();

  constructor(end: Case["end"]) {
    this.#end = end;
  }

  /** A frame comes to the end under test. */
  heard(link: number, frame: unknown): void {
    const isNew = this.#end === "client" && isFrame(frame, "welcome") && outcomeOf(frame) !== "resumed";
    if (isNew) this.#positions.set(link, 0);
  }

  /** A frame as it is to be compared: without an ack that says nothing new, if none is expected. */
  wrote(link: number, frame: unknown, expected: unknown): unknown {
    if (isFrame(frame, "hello") || isFrame(frame, "welcome")) {
      const isSame = frame[0] === "hello" || outcomeOf(frame) === "resumed";
      this.#positions.set(link, isSame ? Number(memberOf(frame[1], "received") ?? 0) : 0);
    }
    if (isFrame(frame, "ack")) this.#positions.set(link, Number(frame[1]));
    if (!isFrame(frame, "data") || frame.length < 4) return frame;
    const isOld = frame[3] === this.#positions.get(link);
    this.#positions.set(link, Number(frame[3]));
    return isOld && Array.isArray(expected) && expected.length < 4 ? frame.slice(0, 3) : frame;
  }
}

function isFrame(frame: unknown, name: string): frame is readonly unknown[] {
  return Array.isArray(frame) && frame[0] === name;
}

const outcomeOf = (frame: readonly unknown[]): unknown => memberOf(frame[1], "outcome");

function memberOf(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
}
