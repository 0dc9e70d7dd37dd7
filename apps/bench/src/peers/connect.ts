import { connect } from "@holdfast/node";
import type { Chat } from "./chat.ts";
import type { Peer } from "./peer.ts";
import { wsJson } from "./ws.ts";

/** `connect` with its own defaults, over the server of `ws` + JSON: no session. */
export const holdfastConnect: Peer = {
  name: "holdfast connect",
  packages: ["ws"],
  serve: wsJson("none").serve,
  async dial(url, hear) {
    const connection = connect(url, { format: "json", log: "off" });
    connection.on("message", (envelope) => hear?.((envelope as { readonly body: Chat }).body));
    await connection.opened();
    return {
      say: (message) => connection.send({ body: message }),
      get bufferedBytes() {
        return connection.bufferedBytes;
      },
      close: () => void connection.close(),
    };
  },
};
