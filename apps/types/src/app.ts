// What a user writes. It is compiled, never run: every line is a promise about types.
import { connect, type Connection, type ConnectOptions, HoldfastError } from "@holdfast/browser";
import { connect as dial } from "@holdfast/node";
import { scriptedTransport, virtualClock } from "@holdfast/testing";
import * as z from "zod";
import * as mini from "zod/mini";

const at = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const Tick = z.object({ at });
const feed = connect("wss://x", { messages: { incoming: Tick, outgoing: Tick } });
const named: Connection<{ at: Date }, { at: Date }> = feed;
named.on("message", (tick) => tick.at.getTime());
feed.send({ at: new Date() });
feed.send(new Uint8Array(1));
// @ts-expect-error a string is no date: zod encodes it
feed.send({ at: "now" });
// @ts-expect-error there is no such event
feed.on("massage", () => {});
// @ts-expect-error there is no such option
connect("wss://x", { heartBeat: "off" });
// @ts-expect-error browsers send no headers
connect("wss://x", { headers: {} });

const words = connect("wss://x", { messages: { incoming: mini.string() } });
words.on("message", (text) => text.toUpperCase());
const plain = connect(() => Promise.resolve("wss://x"));
plain.on("message", (text) => text.toUpperCase());
plain.on("binary", (bytes) => bytes.byteLength);
plain.on("state", (state) => {
  if (state.name === "CONNECTING" && state.phase === "waiting") state.retryAt.toFixed();
  // @ts-expect-error only a wait has an end
  if (state.name === "OPEN") state.retryAt.toFixed();
});
plain.on("closed", ({ code, cause }) => code ?? cause?.retryable);
plain.on("invalid", ({ issues }) => issues[0]?.path);

const options: ConnectOptions = { heartbeat: "off", backoff: { maxAttempts: 3 } };
connect("wss://x", options).on("message", (text) => text.toUpperCase());
const anything = connect("wss://x", { format: "json" });
anything.on("message", (message) => {
  // @ts-expect-error nobody said what it is
  message.toString();
});

const service = dial(new URL("wss://x"), {
  headers: async ({ attempt, signal }) => ({ attempt: `${attempt}`, aborted: `${signal.aborted}` }),
  unref: true,
  async greet(link) {
    link.send("hello");
    (await link.next()).toUpperCase();
  },
});
for await (const text of service.messages({ maxBuffered: 5 })) text.toUpperCase();
const word: "a" = await service.once("message", (text): text is "a" => text === "a", { timeoutMs: 5 });
try {
  await service.opened({ timeoutMs: 5 });
} catch (error) {
  if (HoldfastError.is(error, "TIMEOUT")) {
    const code: "TIMEOUT" = error.code;
    code.at(0);
  }
}
await using held = service;
virtualClock().advance(5);
void [word, held, scriptedTransport().open];
