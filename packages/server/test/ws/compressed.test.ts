import { once } from "node:events";
import { defineContract, event } from "@holdfast/core";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { createServer, type NodeServer, type ServerOptions } from "../../src/index.ts";

const contract = defineContract({ fromClient: { say: event() } });

function create(options: ServerOptions<{ id: "anonymous" }>): NodeServer {
  return createServer(contract, { log: "off", ...options }).handle({ say: () => {} });
}

it("a message that becomes too large when it is inflated ends its link alone, with 1009", async () => {
  await using server = create({ perMessageDeflate: true, limits: { maxMessageBytes: 65_536 } });
  const { url } = await server.listen();
  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(url, ["holdfast.1"], { perMessageDeflate: true });
    await once(socket, "open");
    return socket;
  };
  const [bomb, neighbour] = await Promise.all([open(), open()]);
  bomb.send(" ".repeat(50_000_000));
  expect((await once(bomb, "close"))[0]).toBe(1009);
  neighbour.send("ping");
  expect(String((await once(neighbour, "message"))[0])).toBe("pong");
  neighbour.terminate();
});

it.each([
  ["on", 'CONFIG: perMessageDeflate must be true, false or an object, but is "on"'],
  [null, "CONFIG: perMessageDeflate must be true, false or an object, but is null"],
  [
    { zlibDeflateOptions: { level: 11 } },
    "CONFIG: perMessageDeflate must be what zlib takes, but is [object Object]",
  ],
])("%j is refused where it is said", (perMessageDeflate, words) => {
  expect(() => create({ perMessageDeflate: perMessageDeflate as never })).toThrow(words);
});
