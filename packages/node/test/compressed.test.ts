import { expect, test } from "vitest";
import { connect } from "../src/index.ts";
import { EchoServer } from "./echo-server.ts";

test("with compression, too, bytes go out as they were when they were sent", async () => {
  await using server = await EchoServer.start({ perMessageDeflate: true });
  await using connection = connect(server.url, { perMessageDeflate: { threshold: 0 } });
  await connection.opened();
  const got: (number | undefined)[] = [];
  connection.on("binary", (bytes) => got.push(bytes[0]));
  const scratch = Buffer.alloc(4_096);
  for (const n of [1, 2, 3, 4, 5]) connection.send(scratch.fill(n));
  await expect.poll(() => got).toEqual([1, 2, 3, 4, 5]);
});
