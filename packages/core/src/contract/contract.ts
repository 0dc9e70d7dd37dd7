import type { $ZodType } from "zod/v4/core";
import { check } from "../common/check.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Entry, Only, Stream } from "./entry.ts";
import { findOneWay, isSchema } from "./one-way.ts";

/** What each side may send or ask, by name. */
export interface ContractShape {
  readonly fromClient?: Readonly<Record<string, Entry>> | undefined;
  readonly fromServer?: Readonly<Record<string, Entry>> | undefined;
}

/** The messages two ends agreed on. */
export interface Contract<
  C extends Readonly<Record<string, Entry>> = Readonly<Record<string, Entry>>,
  S extends Readonly<Record<string, Entry>> = Readonly<Record<string, Entry>>,
> {
  readonly fromClient: C;
  readonly fromServer: S;
}

type Side<X, P extends keyof ContractShape> = X extends {
  readonly [K in P]: infer E extends Readonly<Record<string, Entry>>;
}
  ? E
  : Record<never, never>;

/**
 * The contract of two ends, checked: schemas that know only one way, or answer later, are found here and not in production. What JSON
 * cannot say (`z.bigint()`) and what it changes (`z.date()`) is found by `checkContract` of `@holdfast/testing`.
 *
 * @throws HoldfastError `CONFIG`, naming the entry and the path.
 */
export function defineContract<const X extends ContractShape>(
  shape: X & Only<X, keyof ContractShape>,
): Contract<Side<X, "fromClient">, Side<X, "fromServer">> {
  const { fromClient = {}, fromServer = {} } = shape as ContractShape;
  for (const [side, entries] of Object.entries({ fromClient, fromServer })) {
    for (const [name, entry] of Object.entries(entries)) checkEntry(`${side}.${name}`, entry);
  }
  return { fromClient, fromServer } as Contract<Side<X, "fromClient">, Side<X, "fromServer">>;
}

/** One side of a part. */
type SideOf<Part, P extends keyof Contract> = Part extends { readonly [Q in P]: infer Entries }
  ? Entries
  : never;

type Names<Parts, P extends keyof Contract> = {
  [Part in keyof Parts & string]: `${Part}.${keyof SideOf<Parts[Part], P> & string}`;
}[keyof Parts & string];

/** `Merged<{ mail: A }>` has A's entries as `mail.name`. */
type Merged<Parts, P extends keyof Contract> = {
  readonly [K in Names<Parts, P>]: K extends `${infer Part extends keyof Parts & string}.${infer Name}`
    ? SideOf<Parts[Part], P>[Name & keyof SideOf<Parts[Part], P>]
    : never;
};

/** Contracts side by side, each under its own name: `mergeContracts({ mail, chat })` has `mail.publish` and `chat.say`. */
export function mergeContracts<const Parts extends Readonly<Record<string, Contract>>>(
  parts: Parts,
): Contract<Merged<Parts, "fromClient">, Merged<Parts, "fromServer">> {
  const merge = (side: "fromClient" | "fromServer"): Record<string, Entry> =>
    Object.fromEntries(
      Object.entries(parts).flatMap(([part, contract]) =>
        Object.entries(contract[side]).map(([name, entry]) => [`${part}.${name}`, entry]),
      ),
    );
  return { fromClient: merge("fromClient"), fromServer: merge("fromServer") } as unknown as Contract<
    Merged<Parts, "fromClient">,
    Merged<Parts, "fromServer">
  >;
}

function checkEntry(name: string, entry: Entry): void {
  const kinds: readonly unknown[] = ["event", "call", "stream"];
  const isOurs = typeof entry === "object" && kinds.includes(entry?.kind) && !name.endsWith(".");
  check(name, entry, isOurs, "made by event(), call() or stream(), under a name");
  const { errors = {}, cursor, ...parts } = entry as Partial<Stream>;
  check(`${name}.cursor`, cursor, cursor === undefined || typeof cursor === "function", "a function");
  const schemas = Object.entries(parts as Record<string, unknown>).filter(
    ([part, schema]) =>
      part === "item" || (schema !== undefined && ["payload", "input", "output"].includes(part)),
  );
  for (const [part, schema] of [...schemas, ...Object.entries(errors)]) {
    check(`${name}.${part}`, schema, isSchema(schema), "a zod 4 schema");
    const problem = findOneWay(schema as $ZodType, `${name}.${part}`);
    if (problem !== undefined) throw new HoldfastError("CONFIG", problem);
  }
}
