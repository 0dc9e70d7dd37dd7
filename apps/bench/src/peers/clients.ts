import { connect } from "@holdfast/node";
import { openPartysocket, openReconnecting } from "./reconnecting.ts";

/** A client with its own defaults for reconnecting, as far as a scenario can see it. */
export interface Client {
  close(): void;
}

/** Opens clients of one kind. */
export interface Opener {
  readonly name: string;
  readonly isOurs: boolean;
  open(url: string): Client;
}

/** Clients without a session, over any server. */
export const clients: readonly Opener[] = [
  {
    name: "holdfast",
    isOurs: true,
    open(url) {
      const connection = connect(url, { log: "off" });
      return { close: () => void connection.close() };
    },
  },
  { name: "partysocket", isOurs: false, open: openPartysocket },
  { name: "reconnecting-websocket", isOurs: false, open: openReconnecting },
];
