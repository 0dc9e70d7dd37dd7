import type { Contract, Entry } from "@holdfast/core";
import type { $ZodType } from "zod/v4/core";
import { changesIn } from "./changes-in.ts";

/** A place in a contract where JSON does not bring back what was sent. */
export interface ContractFinding {
  /** The schema: `fromClient.publish.payload`, `fromServer.join.errors.FULL`. */
  readonly entry: string;
  /** Where in it: `items[].at`, and `""` for the schema itself. `*` stands for keys that are not known. */
  readonly path: string;
  /** What happens there. */
  readonly problem: string;
  /** What to write instead. */
  readonly remedy: string;
}

/**
 * Finds what JSON changes on its way: dates, maps, `undefined` in arrays and the like. Empty when all is well, so
 * `expect(checkContract(contract)).toEqual([])` is a whole test. Codecs are judged by their wire side, `any` and
 * `unknown` are taken at their word. A schema that is used in many places is told of in the first one of an entry.
 */
export function checkContract(contract: Contract): readonly ContractFinding[] {
  return (["fromClient", "fromServer"] as const).flatMap((side) =>
    Object.entries(contract[side]).flatMap(([name, entry]) =>
      schemasOf(entry).flatMap(([part, schema]) => findingsIn(`${side}.${name}.${part}`, schema)),
    ),
  );
}

function findingsIn(entry: string, schema: $ZodType): readonly ContractFinding[] {
  return [...changesIn(schema)].map(({ path, problem, remedy }) => ({ entry, path, problem, remedy }));
}

/** The schemas of an entry by what they are for. */
function schemasOf(entry: Entry): readonly (readonly [part: string, schema: $ZodType])[] {
  if (entry.kind === "event") return entry.payload ? [["payload", entry.payload]] : [];
  const answer = entry.kind === "call" ? { output: entry.output } : { item: entry.item };
  const errors = Object.entries(entry.errors).map(([code, schema]) => [`errors.${code}`, schema] as const);
  return [...Object.entries({ input: entry.input, ...answer }), ...errors].flatMap(([part, schema]) =>
    schema ? [[part, schema] as const] : [],
  );
}
