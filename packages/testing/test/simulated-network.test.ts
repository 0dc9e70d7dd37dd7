import { expect, it } from "vitest";
import { virtualClock } from "../src/index.ts";
import { SimulatedNetwork } from "../src/pair/simulated-network.ts";

const request = { url: "ws://server.test/", protocols: [] };

/** A network whose messages take 50 ms, and what each end of its links hears. */
function slowNetwork() {
  const clock = virtualClock();
  const heard: string[] = [];
  const listener = (side: string) => ({
    opened: () => void heard.push(`${side} opened`),
    message: (data: unknown) => void heard.push(`${side} ${String(data)}`),
    heard() {},
    closed: ({ code }: { readonly code: number }) => void heard.push(`${side} closed ${code}`),
  });
  const network = new SimulatedNetwork(clock, (link) => {
    link.send("hello");
    return listener("server");
  });
  network.latencyMs = 50;
  return { clock, network, heard, dial: () => network.dial(request, listener("client")) };
}

it("a black hole swallows what is on its way, a dial too, and tells nobody", () => {
  const { clock, network, heard, dial } = slowNetwork();
  const link = dial();
  clock.advance(50);
  link.send("in flight");
  dial();
  clock.advance(10);
  network.blackhole();
  clock.advance(1_000);
  expect([heard, network.totalLinks]).toEqual([["client opened"], 1]);
  network.cut();
  clock.advance(1);
  expect(heard).toEqual(["client opened", "client closed 1006", "server closed 1006", "client closed 1006"]);
});
