import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { answerPage } from "../src/server/page.ts";

test("a page that cannot be made says why, and is made anew when somebody asks again", async () => {
  let asked = 0;
  const http = createServer(
    answerPage(async () => {
      if (++asked === 1) throw new Error("a bracket is missing");
      return new Map([["/index.html", "<!doctype html>"]]);
    }),
  ).listen(0, "127.0.0.1");
  onTestFinished(() => void http.close());
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  const ask = async (): Promise<readonly [number, string]> => {
    const response = await fetch(url, { headers: { connection: "close" } });
    return [response.status, await response.text()];
  };
  expect(await ask()).toEqual([500, "The page cannot be made: Error: a bracket is missing\n"]);
  expect(await ask()).toEqual([200, "<!doctype html>"]);
  expect(await ask()).toEqual([200, "<!doctype html>"]);
  expect(asked).toBe(2);
});
