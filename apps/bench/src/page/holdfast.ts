import { createClient, defineContract, event } from "@holdfast/browser";

const contract = defineContract({ fromClient: { hello: event() } });

/** What a page does to have a client. */
export function start(url: string, opened: () => void): void {
  void createClient(contract, { url }).opened().then(opened);
}
