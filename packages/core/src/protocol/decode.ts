import { own } from "./own.ts";
import { type FieldName, type Frame, frameShapes, recordShapes, type WireRecord } from "./shapes.ts";

/** A message that is no frame: why, for the log. A peer that misbehaves is normal, not exceptional. */
export interface Malformed {
  readonly malformed: string;
}

/** What a text message says, except for a greeting. The only place that parses. PROTOCOL.md sections 2 to 4. */
export function decode(text: string, shapes: Shapes = frameShapes): Frame | Malformed {
  if (text === "ping" || text === "pong") return [text];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { malformed: "no JSON" };
  }
  const malformed = flawOf(parsed, shapes);
  return malformed === undefined ? (parsed as Frame) : { malformed };
}

/** What stands behind each name. */
export type Shapes = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a tuple. What stands behind the known elements is ignored: a later version may add it. */
function flawOf(tuple: unknown, shapes: Shapes): string | undefined {
  const name: unknown = Array.isArray(tuple) ? tuple[0] : undefined;
  if (typeof name !== "string") return "no named array";
  const shape = own(shapes, name);
  if (!shape) return `unknown ${name.slice(0, 20)}`;
  for (let index = 0; index < shape.length; index++) {
    const flaw = flawIn((tuple as readonly unknown[])[index + 1], shape[index] as string);
    if (flaw !== undefined) return `${name}: ${flaw}`;
  }
  return undefined;
}

/** What of a value is not what the word stands for. */
function flawIn(value: unknown, word: string): string | undefined {
  const isOptional = word.endsWith("?");
  if (isOptional && value === undefined) return undefined;
  const name = isOptional ? word.slice(0, -1) : word;
  const answer = kinds[name as Kind](value);
  return answer === true ? undefined : answer || `no ${name}`;
}

type Kind = FieldName | "text" | "cursor" | "outcome" | "key" | "heartbeat";

/** Whether it is one, or what is wrong with it. */
type Check = (value: unknown) => boolean | string;

/** An object with such members. */
export function having(members: Readonly<Record<string, string>>): Check {
  return (value) => {
    if (typeof value !== "object" || !value || Array.isArray(value)) return false;
    for (const [member, word] of Object.entries(members)) {
      const flaw = flawIn((value as Record<string, unknown>)[member], word);
      if (flaw !== undefined) return `${member}: ${flaw}`;
    }
    return true;
  };
}

/** What each word stands for. */
const kinds: Readonly<Record<Kind, Check>> = {
  value: () => true,
  whole: isWhole,
  text: isText,
  cursor: isCursor,
  name: (value) => isText(value) && value !== "",
  positive: (value) => isWhole(value) && value > 0,
  records: (value) => areRecords(value, recordShapes),
  events: (value) => areRecords(value, { event: recordShapes.event }),
  problem: having({ code: "text", message: "text" }),
  opening: having({ credit: "whole", since: "cursor?" }),
  key: having({ id: "text", token: "text" }),
  welcome: having({
    session: "key",
    generation: "whole",
    outcome: "outcome",
    received: "whole?",
    reason: "text?",
    window: "whole",
    heartbeat: "heartbeat",
    resumeWithinMs: "whole",
    maxMessageBytes: "whole",
  }),
  outcome: (value) => value === "opened" || value === "resumed" || value === "lost",
  heartbeat: having({ intervalMs: "whole", timeoutMs: "whole" }),
  expiry: having({ expiresInMs: "whole?" }),
  leave: having({ withinMs: "whole", url: "text?" }),
};

/** A number of the protocol's own. */
export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Where a stream may go on. */
export function isCursor(value: unknown): value is string | number {
  return isText(value) || isWhole(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function areRecords(value: unknown, shapes: Shapes): boolean | string {
  if (!Array.isArray(value)) return false;
  for (const record of value) {
    const flaw = flawOf(record, shapes);
    if (flaw !== undefined) return flaw;
  }
  return value.length > 0;
}

/** A record of our own, as it was written. */
export function parseRecord(text: string): WireRecord {
  return JSON.parse(text) as WireRecord;
}
