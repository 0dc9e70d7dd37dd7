import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { Address } from "../proxy/target.ts";

/** What belongs to one hop, and is made anew for the next. */
const ofOneHop = /^(host|connection|upgrade|keep-alive|sec-websocket-.*)$/;

/** Dials what the client asked for, with its path, subprotocols and headers; undefined when nobody can ask for that. */
export function dialUpstream(to: Address, request: IncomingMessage): WebSocket | undefined {
  const { headers, url = "/" } = request;
  const offer = headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim()) ?? [];
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneHop.test(name)));
  try {
    return new WebSocket(`${originOf(to)}${url}`, offer, {
      headers: own,
      autoPong: false,
      perMessageDeflate: false,
    });
  } catch {
    return undefined;
  }
}

function originOf({ scheme, host, port }: Address): string {
  const isSecure = scheme === "wss:" || scheme === "https:";
  return `${isSecure ? "wss" : "ws"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
