import type { Close, Data, LinkListener } from "@holdfast/core/driver";
import { describe, expect, it } from "vitest";
import { scriptedTransport, virtualClock } from "../src/index.ts";

const request = { url: "ws://peer.test/", protocols: ["v1"] };

describe("a scripted transport", () => {
  it("does nothing on its own", async () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    transport.dial(request, listener);
    await virtualClock().settle();
    expect(told).toEqual([]);
    expect(transport.last.phase).toBe("connecting");
    expect(transport.last.request).toBe(request);
  });

  it("tells what the test makes happen, in order", () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    transport.dial(request, listener);
    const { last } = transport;
    last.open();
    last.receive("text");
    last.receive(new Uint8Array([1, 2]));
    last.pong();
    last.close(4001, "bye");
    expect(told).toEqual([
      "opened",
      "text",
      new Uint8Array([1, 2]),
      "heard",
      { code: 4001, reason: "bye", wasClean: true },
    ]);
    expect(last.phase).toBe("closed");
  });

  it("records what was done to a link", () => {
    const transport = scriptedTransport();
    const link = transport.dial(request, notebook().listener);
    const { last } = transport;
    last.open();
    const bytes = new Uint8Array([1]);
    link.send("one");
    link.send(bytes);
    bytes[0] = 9;
    link.ping?.();
    last.bufferedBytes = 12;
    expect(link.bufferedBytes).toBe(12);
    link.close(4002, "done");
    link.close(4003, "again");
    link.send("too late");
    expect(last).toMatchObject({
      sent: ["one", new Uint8Array([1])],
      pings: 1,
      hungUp: { code: 4002, reason: "done" },
      terminated: false,
      phase: "closing",
    });
  });

  it("completes our closing handshake when the peer answers", () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    const link = transport.dial(request, listener);
    transport.last.open();
    link.close(4002, "done");
    transport.last.receive("crossed");
    transport.last.answerClose();
    expect(told).toEqual(["opened", "crossed", { code: 4002, reason: "done", wasClean: true }]);
  });

  it("ends a link that was closed while connecting without a handshake", () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    transport.dial(request, listener).close(1000, "");
    expect(transport.last.phase).toBe("aborting");
    expect(() => transport.last.open()).toThrow("link 1 is aborting");
    transport.last.answerClose();
    expect(told).toEqual([{ code: 1006, reason: "", wasClean: false }]);
  });

  it("fails dials, with the status of a refused upgrade", () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    transport.dial(request, listener);
    transport.last.fail(503);
    expect(told).toEqual([{ code: 1006, reason: "", wasClean: false, httpStatus: 503 }]);
  });

  it("throws for poison and for what is no data, and goes on", () => {
    const transport = scriptedTransport();
    const link = transport.dial(request, notebook().listener);
    transport.last.open();
    transport.last.poison = (data) => data === "bad";
    expect(() => link.send("bad")).toThrow("poison");
    expect(() => link.send(7 as unknown as string)).toThrow(TypeError);
    link.send("good");
    expect(transport.last.sent).toEqual(["good"]);
  });

  it("counts links that are neither closed nor terminated", () => {
    const transport = scriptedTransport();
    expect(() => transport.last).toThrow("nothing was dialled");
    const links = Array.from({ length: 3 }, () => transport.dial(request, notebook().listener));
    expect(transport.open).toBe(3);
    transport.links[0]?.fail();
    links[1]?.terminate();
    expect(transport.open).toBe(1);
    expect(transport.links).toHaveLength(3);
  });

  it("tells nothing after terminate, and says so to a test that tries", () => {
    const transport = scriptedTransport();
    const { listener, told } = notebook();
    const link = transport.dial(request, listener);
    const { last } = transport;
    last.open();
    link.terminate();
    link.terminate();
    expect(last).toMatchObject({ phase: "terminated", terminated: true });
    for (const verb of [
      () => last.receive("x"),
      () => last.pong(),
      () => last.close(1000),
      () => last.cut(),
    ]) {
      expect(verb).toThrow("link 1 is terminated");
    }
    expect(told).toEqual(["opened"]);
  });

  it("does not let a test break the rules", () => {
    const transport = scriptedTransport();
    const link = transport.dial(request, notebook().listener);
    const { last } = transport;
    expect(() => last.receive("x")).toThrow("receive() is for one that is open or closing");
    expect(() => last.close(1000)).toThrow("link 1 is connecting");
    expect(() => link.send("x")).toThrow("link 1 is connecting");
    last.open();
    expect(() => last.open()).toThrow("link 1 is open");
    expect(() => last.fail()).toThrow("link 1 is open");
    expect(() => last.answerClose()).toThrow("link 1 is open");
    last.cut();
    expect(() => last.cut()).toThrow("link 1 is closed");
  });

  it("makes no socket of what is no url", () => {
    const transport = scriptedTransport();
    const dial = (url: string): unknown => transport.dial({ url, protocols: [] }, notebook().listener);
    for (const url of ["nonsense", "http://peer.test/", "ws://["])
      expect(() => dial(url)).toThrow(SyntaxError);
    expect(transport.links).toEqual([]);
  });

  it("has links without ping, as browsers do", () => {
    const transport = scriptedTransport({ ping: "off" });
    expect(transport.dial(request, notebook().listener)).not.toHaveProperty("ping");
  });
});

describe("an automatic scripted transport", () => {
  it("opens and answers close at the next tick of the clock", () => {
    const clock = virtualClock();
    const transport = scriptedTransport({ clock, auto: true });
    const { listener, told } = notebook();
    const link = transport.dial(request, listener);
    expect(told).toEqual([]);
    clock.advance(0);
    link.close(1000, "");
    expect(told).toEqual(["opened"]);
    clock.advance(0);
    expect(told).toEqual(["opened", { code: 1000, reason: "", wasClean: true }]);
  });

  it("fails every dial while it is fenced, and leaves open links alone", () => {
    const clock = virtualClock();
    const transport = scriptedTransport({ clock, auto: true });
    transport.dial(request, notebook().listener);
    clock.advance(0);
    transport.dial(request, notebook().listener);
    transport.fence();
    transport.dial(request, notebook().listener);
    clock.advance(0);
    transport.unfence();
    transport.dial(request, notebook().listener);
    clock.advance(0);
    expect(transport.links.map(({ phase }) => phase)).toEqual(["open", "closed", "closed", "open"]);
  });

  it("leaves nothing on the clock for links that are gone", () => {
    const clock = virtualClock();
    const transport = scriptedTransport({ clock, auto: true });
    transport.dial(request, notebook().listener).terminate();
    const other = transport.dial(request, notebook().listener);
    other.close(1000, "");
    other.terminate();
    expect(clock.pending).toBe(0);
  });

  it("takes a microtask where it has no clock, also to fail behind a fence", async () => {
    const transport = scriptedTransport({ auto: true });
    transport.dial(request, notebook().listener);
    const manual = scriptedTransport();
    manual.fence();
    manual.dial(request, notebook().listener);
    expect([transport.last.phase, manual.last.phase]).toEqual(["connecting", "connecting"]);
    await Promise.resolve();
    expect([transport.last.phase, manual.last.phase]).toEqual(["open", "closed"]);
  });
});

/** Notes what a link tells. */
function notebook(): { readonly listener: LinkListener; readonly told: (string | Data | Close)[] } {
  const told: (string | Data | Close)[] = [];
  const listener: LinkListener = {
    opened: () => told.push("opened"),
    message: (data) => told.push(data),
    heard: () => told.push("heard"),
    closed: (close) => told.push(close),
  };
  return { listener, told };
}
