import { readdirSync, readFileSync } from "node:fs";

/** What an application does of its own accord. protocol/README.md. */
export type Action =
  | "pause"
  | "go on"
  | "end"
  | "reload"
  | readonly unknown[]
  | {
      readonly say: readonly unknown[];
      readonly as?: string;
      readonly idempotent?: boolean;
      readonly cursor?: boolean;
    }
  | { readonly volatile: readonly unknown[] }
  | { readonly publish: readonly unknown[] }
  | { readonly withdraw: string }
  | { readonly take: number };

/** What happens in one turn. */
export interface Input {
  readonly wait?: number;
  readonly stall?: number;
  readonly open?: number;
  readonly receive?: string | readonly unknown[];
  readonly closed?: number | null;
  readonly link?: number;
  readonly does?: readonly Action[];
}

/** All that the end under test does in that turn; what is absent does not happen. */
export interface Output {
  readonly writes?: readonly (string | readonly unknown[])[];
  readonly hears?: readonly (readonly unknown[])[];
  readonly settles?: Readonly<Record<string, string>>;
  readonly closes?: Readonly<Record<string, number | "any">>;
  readonly lost?: string;
  readonly ends?: Readonly<Record<string, string>>;
  readonly aborts?: readonly unknown[];
  readonly stops?: boolean;
}

/** One turn. */
export type Step = Input & Output;

/** What the end under test is told to bear. */
export interface Limits {
  readonly window: number;
  readonly maxMessageBytes: number;
  readonly outboxBytes: number;
  readonly callsInFlight: number;
  readonly streams: number;
  readonly ackDelayMs: number;
  readonly dialTimeoutMs: number;
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly resumeWithinMs: number;
}

/** What the other end says it bears. */
export type PeerLimits = Pick<Limits, "window" | "maxMessageBytes" | "heartbeat" | "resumeWithinMs">;

/** One case, with the steps that its opening stands for. */
export interface Case {
  readonly name: string;
  readonly section: string;
  readonly end: "client" | "server";
  readonly limits?: Partial<Limits>;
  readonly peer?: Partial<PeerLimits>;
  readonly opening?: string;
  readonly steps: readonly Step[];
}

interface CaseFile {
  readonly openings?: Readonly<Record<string, readonly Step[]>>;
  readonly cases: readonly Case[];
}

const folder = new URL("../../../../protocol/cases/", import.meta.url);

/** Every case there is, by file. */
export function readCases(): readonly (readonly [file: string, cases: readonly Case[]])[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort();
  return files.map((file) => {
    const { openings = {}, cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as CaseFile;
    return [file, cases.map((one) => open(one, openings))];
  });
}

function open(one: Case, openings: NonNullable<CaseFile["openings"]>): Case {
  const { opening, name, steps } = one;
  if (opening === undefined) return one;
  const first = openings[opening];
  if (!first) throw new Error(`${name}: there is no opening ${opening}`);
  return { ...one, steps: [...first, ...steps] };
}
