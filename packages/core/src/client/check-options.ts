import type { AnyConnectOptions } from "./options.ts";
import { check } from "../common/check.ts";

/**
 * What a table of defaults cannot say of options.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function checkOptions(options: AnyConnectOptions, hasPing: boolean): void {
  const { messages, heartbeat } = options;
  for (const [name, schema] of Object.entries(messages ?? {})) {
    const isKnown = name === "incoming" || name === "outgoing";
    const isSchema = schema === undefined || (typeof schema === "object" && "_zod" in schema);
    check(`messages.${name}`, schema, isKnown && isSchema, isKnown ? "a zod 4 schema" : "left out");
  }
  if (typeof heartbeat !== "object") return;
  const { ping } = heartbeat;
  const canPing = typeof ping === "string" || typeof ping === "function" || ping instanceof Uint8Array;
  check("heartbeat.ping", ping, canPing || (hasPing && ping === undefined), "text, bytes or a function");
}
