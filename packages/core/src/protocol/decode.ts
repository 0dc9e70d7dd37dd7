import { type FieldName, type Frame, frameShapes, recordShapes, type WireRecord } from "./shapes.ts";

/** A message that is no frame: why, for the log. A peer that misbehaves is normal, not exceptional. */
export interface Malformed {
  readonly malformed: string;
}

/** What a text message says. The only place that parses. PROTOCOL.md sections 2 to 4. */
export function decode(text: string): Frame | Malformed {
  if (text === "ping" || text === "pong") return [text];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { malformed: "no JSON" };
  }
  const problem = check(parsed, frameShapes, "frame") ?? beyondShape(parsed as Frame);
  return problem === undefined ? (parsed as Frame) : { malformed: problem };
}

/** What a shape cannot say. PROTOCOL.md section 3. */
function beyondShape([name, first]: Frame): string | undefined {
  if (name === "volatile" && first.some(([kind]) => kind !== "event")) return "only events are volatile";
  if (name === "welcome" && first.outcome === "resumed" && first.received === undefined) {
    return "resumed from nowhere";
  }
  return undefined;
}

type Shapes = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a tuple. What stands behind the known elements is ignored: a later version may add it. */
function check(tuple: unknown, shapes: Shapes, what: string): string | undefined {
  if (!Array.isArray(tuple) || typeof tuple[0] !== "string") return `${what} is no array with a name`;
  const [name] = tuple as [string];
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!shape) return `unknown ${what} ${name.slice(0, 20)}`;
  for (const [index, field] of shape.entries()) {
    const isOptional = field.endsWith("?");
    if (index + 1 >= tuple.length) {
      if (isOptional) break;
      return `${what} ${name} is too short`;
    }
    const problem = fields[(isOptional ? field.slice(0, -1) : field) as FieldName](tuple[index + 1]);
    if (problem !== undefined) return `${what} ${name}: ${problem}`;
  }
  return undefined;
}

type Check = (value: unknown) => string | undefined;

const key = { id: isText, token: isText };

const fields: Record<FieldName, Check> = {
  value: () => undefined,
  name: (value) => (typeof value === "string" && value !== "" ? undefined : "no name"),
  id: (value) => (isWhole(value) && value > 0 ? undefined : "no id"),
  count: (value) => (isWhole(value) && value > 0 ? undefined : "no positive number"),
  position: (value) => (isWhole(value) ? undefined : "no position"),
  problem: object({ code: isText, message: isText }),
  opening: object({ credit: isWhole, since: optional((value) => isText(value) || isWhole(value)) }),
  records(value) {
    if (!Array.isArray(value) || !value.length) return "no records";
    for (const record of value) {
      const problem = check(record, recordShapes, "record");
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
  hello: object({
    version: isWhole,
    session: optional(isObject(key)),
    attempt: isWhole,
    received: optional(isWhole),
    restarted: optional((value) => typeof value === "boolean"),
    window: isWhole,
    maxMessageBytes: isWhole,
    contract: optional(isText),
  }),
  welcome: object({
    session: isObject(key),
    generation: isWhole,
    outcome: (value) => value === "opened" || value === "resumed" || value === "lost",
    received: optional(isWhole),
    reason: optional(isText),
    window: isWhole,
    heartbeat: isObject({ intervalMs: isWhole, timeoutMs: isWhole }),
    resumeWithinMs: isWhole,
    maxMessageBytes: isWhole,
  }),
  expiry: object({ expiresInMs: optional(isWhole) }),
  leave: object({ withinMs: isWhole, url: optional(isText) }),
};

function object(members: Readonly<Record<string, (value: unknown) => boolean>>): Check {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "no object";
    for (const [name, isFine] of Object.entries(members)) {
      const member: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      if (!isFine(member)) return `bad ${name}`;
    }
    return undefined;
  };
}

function optional(isFine: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isFine(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(
  members: Readonly<Record<string, (value: unknown) => boolean>>,
): (value: unknown) => boolean {
  const check = object(members);
  return (value) => check(value) === undefined;
}

/** A record of our own, as it was written. */
export function parseRecord(text: string): WireRecord {
  return JSON.parse(text) as WireRecord;
}
