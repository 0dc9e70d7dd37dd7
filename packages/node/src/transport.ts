import type { ClientRequest } from "node:http";
import type { DialRequest, Transport } from "@holdfast/core";
import { type ClientOptions, WebSocket } from "ws";
import { checkHeaders } from "./check-node-options.ts";
import { hold } from "./hold.ts";
import type { NodeTransportOptions, TlsOptions } from "./options.ts";

/** Dials with `ws`: headers, TLS, agents, compression, protocol pings. */
export function nodeTransport(options: NodeTransportOptions = {}): Transport {
  return {
    dial(request, listener) {
      checkHeaders(request.headers);
      const socket = new WebSocket(request.url, [...request.protocols], clientOptions(options, request));
      return hold(socket, listener, request.protocols);
    },
  };
}

/**
 * In so many pieces may a message of at most that size come that is not whole yet: to put pieces together takes `ws` a time that grows with their
 * square. @types/ws does not know it yet.
 */
const boundsOf = (maxPayload: number): object => ({
  maxPayload,
  ...(maxPayload && { maxBufferedChunks: 16_384 + Math.floor(maxPayload / 512) }),
});

function clientOptions(options: NodeTransportOptions, request: DialRequest): ClientOptions {
  const { tls, agent, perMessageDeflate = false, maxPayloadBytes, unref = false } = options;
  return {
    // @types/ws has a checkServerIdentity that nobody calls that way.
    ...(guarded(tls) as Omit<TlsOptions, "checkServerIdentity">),
    perMessageDeflate,
    ...(agent && { agent }),
    ...(maxPayloadBytes !== undefined && boundsOf(maxPayloadBytes)),
    ...(request.headers && { headers: { ...request.headers } }),
    ...(unref && { finishRequest: sendUnref }),
  };
}

/** `tls` with a check that refuses by throwing, too: from where Node calls it nobody could catch that. */
function guarded(tls: TlsOptions = {}): TlsOptions {
  const { checkServerIdentity } = tls;
  if (!checkServerIdentity) return tls;
  return {
    ...tls,
    checkServerIdentity(...args) {
      try {
        return checkServerIdentity(...args);
      } catch (error) {
        return error instanceof Error ? error : new Error("checkServerIdentity threw", { cause: error });
      }
    },
  };
}

function sendUnref(request: ClientRequest): void {
  request.on("socket", (socket) => {
    socket.unref();
    // Node forgets it when the first address of a name does not answer and it tries the next.
    socket.once("connect", () => socket.unref());
  });
  request.end();
}
