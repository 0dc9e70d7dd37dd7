import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import type { ServerLink } from "../../src/ports/server-link.ts";
import { acceptSocket } from "../../src/ws/accept-socket.ts";
import { maxFrameLength } from "../../src/ws/text-frame.ts";

/** A link over a socket in that state, and what is written to it. */
function accept(readyState: number): { readonly link: ServerLink; readonly written: string[] } {
  const written: string[] = [];
  const send = (text: string): void => void written.push(text);
  const socket = Object.assign(new EventEmitter(), { OPEN: 1, readyState, send });
  const write = (frame: Buffer): void => void written.push(frame.subarray(2).toString());
  const raw = { write, cork: () => written.push("["), uncork: () => written.push("]") };
  let link: ServerLink | undefined;
  acceptSocket(socket as unknown as WebSocket, raw as unknown as Socket, (made) => {
    link = made;
    return { opened() {}, message() {}, heard() {}, closed() {} };
  });
  return { link: link as ServerLink, written };
}

it("behind a close frame nothing is written, though the socket is not closed yet", () => {
  const { link, written } = accept(2);
  link.sendAll(["x", "y"]);
  expect(written).toEqual([]);
});

it("what is told together is written in its order, whoever frames it, and one alone is not corked", () => {
  const { link, written } = accept(1);
  const long = "x".repeat(maxFrameLength + 1);
  link.sendAll(["a", long, "b"]);
  link.sendAll(["c"]);
  expect(written).toEqual(["[", "a", long, "b", "]", "c"]);
});
