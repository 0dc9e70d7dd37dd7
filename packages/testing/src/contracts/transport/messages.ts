import type { Data } from "@holdfast/core/driver";
import { expect, it } from "vitest";
import { expectEcho, type Stage } from "./stage.ts";

const megabyte = 1024 * 1024;
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** How messages travel. */
export function messageRules(stage: () => Stage): void {
  it.for([
    ["text", "hello"],
    ["an empty text", ""],
    ["unicode", "né ∑ 漢字 👩‍👩‍👧 \u0000 \u2028"],
    ["a text of 1 MB", "0123456789abcdef".repeat(megabyte / 16)],
  ] as const)("carries %s", async ([, text]) => {
    const link = await stage().open();
    link.link.send(text);
    const echo = await link.nextMessage();
    // Not toBe: its message would print the megabyte.
    expect(echo === text).toBe(true);
  });

  it.for([
    ["every byte", everyByte],
    ["no bytes", new Uint8Array(0)],
    ["a part of a larger buffer", new Uint8Array(1024).fill(0xff).fill(7, 100, 200).subarray(90, 210)],
    ["1 MB of bytes", Uint8Array.from({ length: megabyte }, (_, index) => index % 251)],
  ] as const)("carries %s as a Uint8Array", async ([, bytes]) => {
    const link = await stage().open();
    link.link.send(bytes);
    expectBytes(await link.nextMessage(), bytes);
  });

  it("keeps order, and text and bytes apart", async () => {
    const link = await stage().open();
    const sent = Array.from({ length: 500 }, (_, index): Data =>
      index % 2 ? `${index}` : new Uint8Array([index % 256]),
    );
    for (const data of sent) link.link.send(data);
    for (const data of sent) {
      const echo = await link.nextMessage();
      if (typeof data === "string") expect(echo).toBe(data);
      else expectBytes(echo, data);
    }
  });

  it("leaves bytes that it delivered alone", async () => {
    const link = await stage().open();
    link.link.send(everyByte);
    const first = await link.nextMessage();
    for (let round = 0; round < 20; round++) link.link.send(new Uint8Array(256).fill(round));
    for (let round = 0; round < 20; round++) await link.nextMessage();
    expectBytes(first, everyByte);
  });

  it("throws at once for data that cannot be sent, and goes on", async () => {
    const link = await stage().open();
    expect(() => link.link.send(Symbol("not data") as unknown as string)).toThrow();
    await expectEcho(link, "still here");
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "message"]);
  });

  it("counts buffered bytes in whole numbers, down to 0", async () => {
    const link = await stage().open();
    expect(link.link.bufferedBytes).toBe(0);
    link.link.send(new Uint8Array(megabyte));
    const { bufferedBytes } = link.link;
    expect(Number.isInteger(bufferedBytes) && bufferedBytes >= 0).toBe(true);
    await link.nextMessage();
    await stage().fence();
    expect(link.link.bufferedBytes).toBe(0);
  });

  it("hears the pong, where it can ping", async () => {
    const link = await stage().open();
    if (!link.link.ping) return;
    const toldBefore = link.told.length;
    link.link.ping();
    await link.untilHeard(toldBefore);
    await expectEcho(link, "after the ping");
  });
}

function expectBytes(data: Data, bytes: Uint8Array): void {
  expect(data).toBeInstanceOf(Uint8Array);
  const received = data as Uint8Array;
  expect(received.length).toBe(bytes.length);
  expect(
    bytes.findIndex((byte, index) => received[index] !== byte),
    "first byte that differs",
  ).toBe(-1);
}
