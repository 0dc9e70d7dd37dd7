import { createClient, HoldfastError } from "@holdfast/browser";
import type { Comparison } from "../../shared/comparison.ts";
import { contract } from "../../shared/contract.ts";
import type { Notification } from "../../shared/notification.ts";
import { patience } from "../../shared/patience.ts";
import { socketUrl } from "../socket-url.ts";

/** Connects once, and is told, until it is told to stop. */
export function listen(
  { id, token, revision, socketPath }: Comparison,
  receive: (notification: Notification) => void,
): () => Promise<void> {
  const client = createClient(contract, {
    ...patience,
    url: socketUrl(socketPath),
    credential: { token, page: id },
    log: "error",
  });
  void follow();
  return () => client.close();

  async function follow(): Promise<void> {
    try {
      for await (const item of client.stream("feed", { after: revision })) receive(item);
    } catch (error) {
      if (!HoldfastError.is(error, "CLOSED")) throw error;
    }
  }
}
