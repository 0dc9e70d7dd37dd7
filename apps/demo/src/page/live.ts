import { connect, type Connection } from "@holdfast/browser";
import { FromServer, ToServer } from "../shared/messages.ts";
import { heartbeat, patience, ping, pong } from "../shared/patience.ts";
import { fetchSettings } from "./fetch-settings.ts";

/** The connection of this page. */
export type Live = Connection<FromServer, ToServer | Uint8Array>;

/** Connects. The proxy has another port when the demo was started again, so every dial asks where it is. */
export function goLive(): Live {
  return connect(async ({ signal }) => (await fetchSettings(signal)).socketUrl, {
    ...patience,
    heartbeat: { ...heartbeat, ping, isPong: (data) => data === pong },
    messages: { incoming: FromServer, outgoing: ToServer },
  });
}
