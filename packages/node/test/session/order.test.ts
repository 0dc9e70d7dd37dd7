import { defineContract, event } from "@holdfast/core";
import { createServer } from "@holdfast/server";
import * as z from "zod";
import { expect, it } from "vitest";
import { createClient } from "../../src/index.ts";

const contract = defineContract({
  fromClient: { say: event(z.number()), wave: event(z.number(), { delivery: "volatile" }) },
  fromServer: { news: event(z.number()), blink: event(z.number(), { delivery: "volatile" }) },
});
const odd = [1, 3, 5, 7, 9];
const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

it("a volatile event stays behind reliable ones that came with it in one piece, in both directions", async () => {
  const got: number[] = [];
  const heard: number[] = [];
  const note = (n: number): void => void got.push(n);
  await using server = createServer(contract, { log: "off" }).handle({ say: note, wave: note });
  const { url } = await server.listen();
  await using client = createClient(contract, { url, log: "off" });
  client.on("news", (n) => heard.push(n));
  client.on("blink", (n) => heard.push(n));
  await client.opened();
  await Promise.all(odd.map((n) => Promise.all([client.emit("say", n), client.emit("wave", n + 1)])));
  await Promise.all(odd.map((n) => Promise.all([server.emit("news", n), server.emit("blink", n + 1)])));
  await expect.poll(() => [got, heard]).toEqual([all, all]);
});
