import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";

/** What belongs to one hop. The body ends with the connection. */
const ofOneHop = /^(connection|keep-alive|transfer-encoding|upgrade)$/i;

/** Answers the client with what upstream answered, and ends its connection. */
export function passRefusal(response: IncomingMessage, socket: Socket): void {
  const { statusCode = 502, statusMessage = "", rawHeaders } = response;
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`, "Connection: close"];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (!ofOneHop.test(name)) lines.push(`${name}: ${value}`);
  }
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  pipeline(response, socket, () => socket.destroy());
}
