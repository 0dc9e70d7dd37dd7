import { check } from "../common/check.ts";
import { own } from "../protocol/own.ts";
import type { Contract } from "./contract.ts";
import type { Entry } from "./entry.ts";

/** What `event()`, `call()` and `stream()` take. */
const takes: Readonly<Record<string, readonly string[]>> = {
  event: ["payload", "idempotent", "delivery"],
  call: ["input", "output", "errors", "idempotent"],
  stream: ["input", "item", "errors", "cursor"],
};

/** What an option may be that is no schema; absent is fine. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  idempotent: [true, false],
  delivery: ["reliable", "volatile"],
};

/**
 * What a compiler refuses, in a program that has none: an option that nobody reads, as `idempotant: true`, or `call(schema)`, which would be asked
 * with nothing. For ends that can afford the bytes.
 *
 * @throws HoldfastError `CONFIG`, naming the entry, the option and the value.
 */
export function checkEntries(contract: Contract): void {
  check("contract", contract, isObject(contract), "an object");
  const { fromClient, fromServer } = contract;
  for (const [side, entries] of Object.entries({ fromClient, fromServer })) {
    check(`contract.${side}`, entries, isObject(entries), "an object, as defineContract() makes it");
    for (const [name, entry] of Object.entries(entries)) checkEntry(`${side}.${name}`, entry);
  }
}

/**
 * A client's handlers: one of a name that the server may not ask for would never be called, and one that is no function would be found when it is.
 *
 * @throws HoldfastError `CONFIG`, naming the handler and what it is.
 */
export function checkHandlers({ fromServer }: Contract, handlers: unknown): void {
  check("handlers", handlers, handlers === undefined || isObject(handlers), "an object");
  for (const [name, handler] of Object.entries(handlers ?? {})) {
    const isAsked = (own(fromServer, name)?.kind ?? "event") !== "event";
    check(`handlers.${name}`, handler, isAsked, "absent, for the server asks no such call or stream");
    check(`handlers.${name}`, handler, typeof handler === "function", "a function");
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function checkEntry(path: string, entry: Entry): void {
  const { kind, ...options } = entry;
  const known = own(takes, kind) ?? [];
  check(path, entry, known.length > 0, "made by event(), call() or stream()");
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const at = `${path}.${name}`;
    check(at, value, known.includes(name), `absent, for ${kind}() takes ${known.join(", ")}`);
    const may = own(values, name);
    check(at, value, !may || value === undefined || may.includes(value), `${may?.join(" or ")}`);
  }
}
