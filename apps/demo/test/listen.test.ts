import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { listen, usualPort } from "../src/server/listen.ts";

test("without a port it takes the usual one, and when that is taken another", async () => {
  const [first, second] = [createServer(), createServer()];
  await listen(first);
  // Now the usual port is taken, by us or by somebody before us.
  const port = await listen(second);
  expect(port).not.toBe(usualPort);
  expect(second.address()).toMatchObject({ address: "127.0.0.1", port });
  for (const server of [first, second]) {
    server.close();
    await once(server, "close");
  }
});
