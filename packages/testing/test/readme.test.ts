// The first example of README.md.
import { createConnection } from "@holdfast/core";
import { scriptedTransport, virtualClock } from "@holdfast/testing";
import { expect, it } from "vitest";

it("dials again after a loss, and sends what waited", async () => {
  const clock = virtualClock();
  const transport = scriptedTransport({ clock });
  const surroundings = { watch: () => () => {} };
  const adapter = { transport, clock, surroundings, hasPing: true, base: () => undefined };
  const connection = createConnection(adapter, "ws://peer.test/", {
    backoff: { initialMs: 1_000, jitter: "none" },
    log: "off",
  });
  await clock.settle();
  transport.last.open();
  transport.last.cut();
  connection.send("while down");

  await clock.advanceAsync(999);
  expect(transport.links).toHaveLength(1);
  await clock.advanceAsync(1);
  expect(transport.links).toHaveLength(2);
  transport.last.open();
  expect(transport.last.sent).toEqual(["while down"]);

  const closed = connection.close();
  transport.last.answerClose();
  await closed;
  expect(transport.open).toBe(0);
  expect(clock.pending).toBe(0);
});
