import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { defineContract, event } from "@holdfast/core";
import { expect, it } from "vitest";
import { WebSocketServer } from "ws";
import * as z from "zod";
import { createClient } from "../../src/index.ts";

const contract = defineContract({ fromClient: { say: event(z.number()) } });

it("what is said on a link that the server closes and does not let go of was not written: in a new session it goes out without risk", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "holdfast.1" });
  await once(server, "listening");
  const said: unknown[] = [];
  server.on("connection", (socket, { socket: raw }) => {
    socket.on("message", (data) => {
      const [name, first, records] = JSON.parse(String(data)) as [string, { session?: unknown }, unknown];
      if (name === "data") said.push(records);
      if (name !== "hello") return;
      const lost = first.session ? { outcome: "lost", reason: "unknown" } : { outcome: "opened" };
      const heartbeat = { intervalMs: 25_000, timeoutMs: 10_000 };
      const limits = { window: 65_536, heartbeat, resumeWithinMs: 1_000, maxMessageBytes: 65_536 };
      socket.send(
        JSON.stringify(["welcome", { session: { id: "s", token: "t" }, generation: 1, ...lost, ...limits }]),
      );
      if (!first.session) hold(raw);
    });
  });
  /** The close frame of 1012; and the end of the connection when something was said after it. */
  const hold = (raw: Socket): void => {
    raw.removeAllListeners().on("error", () => {});
    raw.on("data", (data) => {
      // The reply to the close frame: from now on the client can write nothing.
      if (!data.includes(Buffer.from([0x88, 0x82]))) return;
      void client.emit("say", 1);
      setImmediate(() => raw.destroy());
    });
    raw.write(new Uint8Array([0x88, 2, 0x03, 0xf4]));
  };
  await using client = createClient(contract, {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backoff: { initialMs: 1 },
    log: "off",
  });
  const inDoubt: unknown[] = [];
  client.session.on("lost", (lost) => inDoubt.push(...lost.inDoubt));
  await expect.poll(() => said).toEqual([[["event", "say", 1]]]);
  expect(inDoubt).toEqual([]);
  server.close();
  for (const socket of server.clients) socket.terminate();
});
