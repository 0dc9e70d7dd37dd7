import { HoldfastError } from "../holdfast-error.ts";
import { findOneWay, isSchema } from "./one-way.ts";

/**
 * A schema of what is sent has to know both ways. For adapters that can afford the bytes; without it that is found when something is sent.
 *
 * @throws HoldfastError `CONFIG`, naming the schema and what of it knows one.
 */
export function checkOutgoing(schema: unknown): void {
  const problem = isSchema(schema) ? findOneWay(schema, "messages.outgoing") : undefined;
  if (problem !== undefined) throw new HoldfastError("CONFIG", problem);
}
