import { io } from "socket.io-client";

/** What a page does to have a client. */
export function start(url: string, opened: () => void): void {
  io(url, { transports: ["websocket"] }).on("connect", opened);
}
