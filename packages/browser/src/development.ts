import {
  checkEntries,
  checkHandlers,
  checkOption,
  checkOutgoing,
  type Client,
  type ClientOptions,
  type Connect,
  type Contract,
} from "@holdfast/core";
import * as production from "./index.ts";

// Where names are the same, those below count. Bundlers take this file under the condition "development": what only a mistake in the program can
// break is looked for here, and costs no page a byte.
export * from "./index.ts";

/** {@inheritDoc production.connect} */
export const connect: Connect = ((url: string, options: { messages?: { outgoing?: unknown } } = {}) => {
  checkOptions(options);
  checkOutgoing(options.messages?.outgoing);
  return production.connect(url, options as object);
}) as Connect;

/** {@inheritDoc production.createClient} */
export function createClient<K extends Contract>(contract: K, options: ClientOptions<K>): Client<K> {
  checkOptions(options);
  checkEntries(contract);
  checkHandlers(contract, options.handlers);
  return production.createClient(contract, options);
}

function checkOptions(options: unknown): void {
  checkOption("options", options, typeof options === "object" && options !== null, "an object");
}
