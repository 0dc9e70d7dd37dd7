import type { Close, Transport } from "@holdfast/core/driver";
import { WebSocket } from "ws";

/** The least that passes the contract, over `ws`. */
export const wsTransport: Transport = {
  dial({ url, protocols, headers }, listener) {
    const socket = new WebSocket(url, [...protocols], { headers });
    let close: Close = { code: 1006, reason: "", wasClean: false };
    let isTerminated = false;
    const unlessTerminated = (tell: () => void): void => {
      if (!isTerminated) tell();
    };
    socket.on("open", () => unlessTerminated(() => listener.opened()));
    socket.on("message", (data, isBinary) =>
      unlessTerminated(() => listener.message(isBinary ? (data as Buffer) : String(data))),
    );
    socket.on("pong", () => unlessTerminated(() => listener.heard()));
    socket.on("error", (error) => (close = { ...close, error }));
    socket.on("close", (code, reason) =>
      unlessTerminated(() =>
        listener.closed({ ...close, code, reason: String(reason), wasClean: code !== 1006 }),
      ),
    );
    return {
      send: (data) => socket.send(data),
      close: (code, reason) => socket.close(code, reason),
      ping: () => socket.ping(),
      terminate: () => {
        isTerminated = true;
        socket.terminate();
      },
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      get isWritable() {
        return socket.readyState === socket.OPEN;
      },
    };
  },
};
