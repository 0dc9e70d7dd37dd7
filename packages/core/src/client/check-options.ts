import type { HeartbeatOptions, MessageSchemas } from "./options.ts";
import { check } from "../common/check.ts";

/**
 * What a table of defaults cannot say of options. Without a heartbeat there is none to check.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function checkOptions(
  messages: MessageSchemas,
  heartbeat: HeartbeatOptions | undefined,
  hasPing: boolean,
): void {
  for (const [name, schema] of Object.entries(messages)) {
    const isKnown = name === "incoming" || name === "outgoing";
    const isSchema = schema === undefined || "_zod" in Object(schema);
    check(`messages.${name}`, schema, isKnown && isSchema, isKnown ? "a zod 4 schema" : "left out");
  }
  if (!heartbeat) return;
  const { ping } = heartbeat;
  const canPing = typeof ping === "string" || typeof ping === "function" || ping instanceof Uint8Array;
  check("heartbeat.ping", ping, canPing || (hasPing && ping === undefined), "text, bytes or a function");
}
