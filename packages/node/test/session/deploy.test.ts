import { call, defineContract, event } from "@holdfast/core";
import { createServer } from "@holdfast/server";
import { expect, it } from "vitest";
import * as z from "zod";
import { createClient } from "../../src/index.ts";

const contract = defineContract({
  fromClient: { say: event(z.number()), work: call({ input: z.number(), output: z.number() }) },
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("busy clients of a process that is replaced lose nothing, and are in doubt of nothing", async () => {
  const got: number[] = [];
  const start = async () => {
    const server = createServer(contract, { log: "off" }).handle({
      say: (n) => void got.push(n),
      async work(turns) {
        for (let left = turns; left > 0; left--) await turn();
        return turns;
      },
    });
    return { server, ...(await server.listen()) };
  };
  let newest = await start();
  const lost: number[] = [];
  const clients = Array.from({ length: 10 }, () =>
    createClient(contract, { url: () => newest.url, log: "off" }),
  );
  await Promise.all(clients.map((client) => client.opened()));
  for (const client of clients) client.session.on("lost", ({ inDoubt }) => lost.push(inDoubt.length));

  let said = 0;
  const all: Promise<unknown>[] = [];
  const [before] = [newest];
  newest = await start();
  let isOver = false;
  const talking = clients.map(async (client, index) => {
    while (!isOver) {
      all.push(client.emit("say", ++said), client.call("work", index * 3));
      for (let left = 10; left > 0; left--) await turn();
    }
  });
  await before.server.drain({ withinMs: 8_000 });
  await before.server.close();
  isOver = true;
  await Promise.all(talking);

  await Promise.all(all);
  expect(got.toSorted((a, b) => a - b)).toEqual(Array.from({ length: said }, (_, index) => index + 1));
  expect(lost).toEqual(clients.map(() => 0));
  await Promise.all(clients.map((client) => client.close()));
  await newest.server.close();
});

it("a server that stops sends its clients to the next one, though their url is the same as before", async () => {
  const start = async (name: string) => {
    const server = createServer(contract, { log: "off" }).handle({ say: () => {}, work: () => name.length });
    return { server, ...(await server.listen()) };
  };
  const [before, after] = [await start("b"), await start("after")];
  await using client = createClient(contract, { url: before.url, log: "off" });
  await client.opened();
  const lost = client.session.once("lost");
  await before.server.drain({ withinMs: 1_000, url: after.url });
  expect(await lost).toMatchObject({ reason: "unknown", inDoubt: [] });
  expect(await client.call("work", 0)).toBe(5);
  await before.server.close();
  await after.server.close();
});
