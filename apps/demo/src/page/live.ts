import { type Client, createClient } from "@holdfast/browser";
import { contract } from "../shared/contract.ts";
import { patience } from "../shared/patience.ts";
import { fetchSettings } from "./fetch-settings.ts";

/** This page's end of a session. */
export type Live = Client<typeof contract>;

/** Connects, and goes on with the session of the page before. The proxy has another port when the demo was started again, so every dial asks where it is. */
export function goLive(id: string): Live {
  return createClient(contract, {
    ...patience,
    url: async ({ signal }) => (await fetchSettings(signal)).socketUrl,
    credential: { id },
    storage: "session",
  });
}
