import { call, defineContract, HoldfastError } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createServer } from "../../src/index.ts";
import { createWorld, fate } from "./world.ts";

/** What a mistake is called. */
function told(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return HoldfastError.is(error) ? error.message : `not ours: ${String(error)}`;
  }
  return "nothing thrown";
}

describe("a mistake is CONFIG, where it is made, naming it and its value", () => {
  it.each([
    [{ limits: { outboxBytes: -1 } }, "CONFIG: limits.outboxBytes must be a number from 0, but is -1"],
    [{ limits: { callsInFlight: "8" } }, 'CONFIG: limits.callsInFlight must be a number from 0, but is "8"'],
    [
      { limits: { handlersInFlight: 0 } },
      "CONFIG: limits.handlersInFlight must be a number from 1, but is 0",
    ],
    [{ limits: { windowBytes: 0 } }, "CONFIG: limits.windowBytes must be a number from 1, but is 0"],
    [{ limits: { windowBytes: 1.5 } }, "CONFIG: windowBytes must be a whole number, but is 1.5"],
    [
      { limits: { maxMessageBytes: 1_023 } },
      "CONFIG: limits.maxMessageBytes must be at least 1024, but is 1023",
    ],
    [
      { limits: { messagesPerSecond: 0 } },
      "CONFIG: limits.messagesPerSecond must be a number from 1, but is 0",
    ],
    [
      { log: {} },
      "CONFIG: log must be warn or debug or info or error or off or {write}, but is [object Object]",
    ],
    [{ heartbeat: { intervalMs: 0 } }, "CONFIG: heartbeat.intervalMs must be a number from 1, but is 0"],
    [{ heartbeat: "off" }, 'CONFIG: heartbeat must be an object, but is "off"'],
    [{ heartbeat: false }, "CONFIG: heartbeat must be an object, but is false"],
    [{ heartbeat: null }, "CONFIG: heartbeat must be an object, but is null"],
    [{ resumeWithinMs: NaN }, "CONFIG: resumeWithinMs must be a number from 0, but is NaN"],
    [{ authenticate: true }, "CONFIG: authenticate must be a function, but is true"],
    [
      { allowedOrigins: "https://x" },
      'CONFIG: allowedOrigins must be a list of origins, or "any", but is "https://x"',
    ],
  ])("of a server: %j", (server, words) => {
    expect(told(() => createWorld({ server: server as object }))).toBe(words);
  });

  it.each([
    [{ url: "nowhere" }, 'CONFIG: url must be a ws or http URL, no fragment, but is "nowhere"'],
    [{ outbox: { maxBytes: "1" } }, 'CONFIG: outbox.maxBytes must be a number from 0, but is "1"'],
    [{ outbox: { whileDown: "drop" } }, 'CONFIG: outbox.whileDown must be hold or reject, but is "drop"'],
    [{ storage: "local" }, 'CONFIG: storage must be none or session, but is "local"'],
    [{ start: "later" }, 'CONFIG: start must be eager or lazy or manual, but is "later"'],
    [
      { log: {} },
      "CONFIG: log must be warn or debug or info or error or off or {write}, but is [object Object]",
    ],
    [
      { signal: new AbortController() },
      "CONFIG: signal must be an AbortSignal {addEventListener}, but is [object AbortController]",
    ],
  ])("of a client: %j", (client, words) => {
    expect(told(() => createWorld({ client: client as object }))).toBe(words);
  });

  it.each([NaN, -1])("of a call that is to wait %s ms", async (timeoutMs) => {
    const { client, pass } = createWorld();
    const echo = fate(client.call("echo", "hi", { timeoutMs }));
    await pass();
    expect(String(echo.now)).toContain(`CONFIG: timeoutMs must be a number from 0, but is ${timeoutMs}`);
    expect(client.bufferedBytes).toBe(0);
  });

  it("of handlers that are missing", () => {
    const missing = { fromClient: { say: { kind: "event" } }, fromServer: {} };
    expect(told(() => createServer(missing as never).handle({} as never))).toBe(
      "CONFIG: handlers.say must be a function, but is undefined",
    );
  });

  it("of an error that is called like one of the protocol's", () => {
    const errors = { INTERNAL: z.object({ x: z.number() }) };
    const own = defineContract({ fromServer: { boom: call({ errors }) } });
    expect(told(() => createServer(own).handle({}))).toBe(
      'CONFIG: fromServer.boom.errors must be codes that the protocol does not use, but is "INTERNAL"',
    );
  });

  it("of an option of the contract's that nobody reads", () => {
    const mistyped: object = { idempotant: true };
    const own = defineContract({ fromServer: { where: call(mistyped) } });
    expect(told(() => createServer(own).handle({}))).toContain(
      "CONFIG: fromServer.where.idempotant must be absent",
    );
  });

  it("of handlers that are given as an option, as a client's are", () => {
    expect(told(() => createServer(defineContract({}), { handlers: {} } as object))).toContain(
      "CONFIG: handlers must be given to createServer(...).handle(), but is",
    );
  });

  it("of nothing where something has to be", () => {
    const empty = defineContract({});
    expect(told(() => createServer(undefined as never).handle({}))).toContain("contract must be an object");
    expect(told(() => createServer(empty, null as never).handle({}))).toContain("options must be an object");
    expect(told(() => createServer(empty).handle(null as never))).toContain("handlers must be an object");
  });
});
