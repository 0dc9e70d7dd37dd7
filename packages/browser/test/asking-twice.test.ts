import type { Transport } from "@holdfast/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askingTwice } from "../src/asking-twice.ts";
import { browserTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { Recorder } from "./recorder.ts";

let server: EchoServer;
beforeAll(async () => {
  server = await EchoServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

function dial(transport: Transport, path: string): Recorder {
  const recorder = new Recorder();
  transport.dial({ url: server.url + path, protocols: ["holdfast.1"] }, recorder);
  return recorder;
}

/** How often that path was asked for since the last look. */
function upgrades(path: string): number {
  const count = server.upgrades[`/${path}`] ?? 0;
  server.upgrades[`/${path}`] = 0;
  return count;
}

test("a server that chooses no subprotocol is told by 1002, and hears of it only that somebody came and went", async () => {
  const recorder = dial(askingTwice(browserTransport()), "mute");
  expect(await recorder.untilClosed()).toEqual({ code: 1002, reason: "", wasClean: false });
  expect(recorder.told).toHaveLength(1);
  expect(upgrades("mute")).toBe(2);
});

test("a server that refuses is asked twice until it has opened once, and is a lost link each time", async () => {
  const transport = askingTwice(browserTransport());
  const refused = async (): Promise<unknown> => {
    const { code } = await dial(transport, "503").untilClosed();
    return [code, upgrades("503")];
  };
  expect(await refused()).toEqual([1006, 2]);
  expect(await refused()).toEqual([1006, 2]);
  await dial(transport, "").until(1);
  expect(await refused()).toEqual([1006, 1]);
});

test("who is terminated while it asks for the second time hears nothing", async () => {
  const recorder = new Recorder();
  const dials: (readonly string[])[] = [];
  await new Promise<void>((resolve) => {
    const spied: Transport = {
      dial({ url, protocols }, listener) {
        if (dials.push(protocols) === 2) {
          // Not in the middle of a dial.
          void Promise.resolve()
            .then(() => link.terminate())
            .then(resolve);
        }
        return browserTransport().dial({ url, protocols }, listener);
      },
    };
    const url = `${server.url}mute`;
    const link = askingTwice(spied).dial({ url, protocols: ["holdfast.1"] }, recorder);
  });
  // Whatever was to come of it has come before another one is through.
  await dial(askingTwice(browserTransport()), "mute").untilClosed();
  expect(dials).toEqual([["holdfast.1"], []]);
  expect(recorder.told).toEqual([]);
});
