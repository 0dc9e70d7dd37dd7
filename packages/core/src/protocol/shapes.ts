/** The wire as one table: what stands behind a frame's or record's name. `?` may be absent, at the end only. */
export const recordShapes = {
  event: ["name", "value?"],
  call: ["positive", "name", "value?"],
  result: ["positive", "value?"],
  error: ["positive", "problem"],
  open: ["positive", "name", "opening", "value?"],
  item: ["positive", "value?"],
  end: ["positive"],
  gap: ["positive"],
  credit: ["positive", "positive"],
  cancel: ["positive"],
} as const;

/** PROTOCOL.md section 3. What a client says first is no part of it: only a server reads that. */
export const frameShapes = {
  welcome: ["welcome"],
  data: ["positive", "records", "whole?"],
  volatile: ["events"],
  ack: ["whole", "whole?"],
  auth: ["value?"],
  authenticated: ["expiry"],
  drain: ["leave"],
} as const;

/** What a client says first. PROTOCOL.md section 3. */
export interface Hello {
  readonly version: number;
  readonly session?: Welcome["session"] | undefined;
  readonly attempt: number;
  readonly received?: number | undefined;
  readonly restarted?: boolean | undefined;
  readonly window: number;
  readonly maxMessageBytes: number;
  readonly credential?: unknown;
  readonly contract?: string;
}

/** What a server answers. PROTOCOL.md section 3. */
export interface Welcome {
  /** `identity` names whose it is, to nobody but them. */
  readonly session: { readonly id: string; readonly token: string; readonly identity?: string };
  readonly generation: number;
  readonly outcome: "opened" | "resumed" | "lost";
  readonly received?: number;
  readonly reason?: string;
  readonly window: number;
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly resumeWithinMs: number;
  readonly maxMessageBytes: number;
}

/** What each word in the shapes stands for. */
interface Fields {
  name: string;
  /** An id, an offset, a number of items. */
  positive: number;
  /** The same, or 0. */
  whole: number;
  value: unknown;
  problem: { readonly code: string; readonly message: string; readonly data?: unknown };
  opening: { readonly credit: number; readonly since?: string | number | undefined };
  records: readonly WireRecord[];
  events: readonly WireRecord[];
  welcome: Welcome;
  expiry: { readonly expiresInMs?: number };
  leave: { readonly withinMs: number; readonly url?: string };
}

type Tuple<Shape> = Shape extends readonly [infer Field, ...infer Rest]
  ? Field extends `${infer Name extends keyof Fields}?`
    ? [Fields[Name]?, ...Tuple<Rest>]
    : Field extends keyof Fields
      ? [Fields[Field], ...Tuple<Rest>]
      : never
  : [];

type Union<Shapes> = {
  [Name in keyof Shapes]: readonly [Name, ...Tuple<Shapes[Name]>];
}[keyof Shapes];

/** One thing that an application says. PROTOCOL.md section 4. */
export type WireRecord = Union<typeof recordShapes>;

/** The first message of a link. PROTOCOL.md section 3. */
export type Greeting = readonly ["hello", Hello];

/** Any other message of a link. PROTOCOL.md section 3. */
export type Frame = Union<typeof frameShapes> | readonly ["ping"] | readonly ["pong"];

/** What only one of the ends may send. */
type OwnFrame = readonly ["welcome" | "auth" | "authenticated" | "drain", ...unknown[]];

/** What either end may send. */
export type CommonFrame = Exclude<Frame, OwnFrame>;

/** The names of the fields, for the checks. */
export type FieldName = keyof Fields;
