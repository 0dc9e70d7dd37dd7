import type { Client } from "@holdfast/core";
import { expect, it } from "vitest";
import { createWorld, type K } from "./world.ts";

const acts: Record<string, (client: Client<K>) => unknown> = {
  on: (client) => client.on("news", () => {}),
  once: (client) => client.once("news"),
  emit: (client) => client.emit("say", 1),
  call: (client) => client.call("echo", "x"),
  tryCall: (client) => client.tryCall("echo", "x"),
  stream: (client) => client.stream("count", 1),
  opened: (client) => client.opened(),
};

it.each(Object.keys(acts))(
  "a lazy client dials with %s, and not because somebody looks at it",
  async (name) => {
    const { connect, network, pass } = createWorld({ client: { start: "manual" } });
    const client = connect({ start: "lazy" });
    client.subscribe(() => {});
    client.session.on("opened", () => {});
    void client.drained();
    await pass(100);
    expect([client.state.phase, network.totalLinks]).toEqual(["idle", 0]);
    acts[name]?.(client);
    await pass(100);
    expect([client.state.phase, network.totalLinks]).toEqual(["open", 1]);
  },
);
