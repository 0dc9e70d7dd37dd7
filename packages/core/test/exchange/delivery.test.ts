import { describe, expect, it } from "vitest";
import { Delivery } from "../../src/exchange/delivery.ts";

/** A delivery, and what its host heard. */
function deliver(): { readonly delivery: Delivery; readonly heard: readonly unknown[] } {
  const heard: unknown[] = [];
  const soon = (): void => void heard.push("soon");
  const failed = (name: string, error: unknown): void => void heard.push([name, error]);
  return { delivery: new Delivery({ soon, failed }, "say"), heard };
}

const refused = new Error("refused");

describe("the promise of an event", () => {
  it("is a promise for who awaits it, before it is settled and after", async () => {
    const { delivery } = deliver();
    const all = Promise.all([delivery, delivery.then(() => "there"), delivery.finally(() => {})]);
    delivery.resolve();
    expect(await all).toEqual([undefined, "there", undefined]);
    expect(await delivery).toBeUndefined();
    expect(Object.prototype.toString.call(delivery)).toBe("[object Promise]");
  });

  it("that fails tells everybody who awaits it, before and after", async () => {
    const { delivery } = deliver();
    const before = delivery.catch((error: unknown) => error);
    delivery.reject(refused);
    expect(await before).toBe(refused);
    await expect(delivery).rejects.toBe(refused);
    await expect(delivery.finally(() => {})).rejects.toBe(refused);
  });

  it("that nobody asked about costs no promise: its failure is told to the host and unhandled by none", async () => {
    const { delivery, heard } = deliver();
    const unhandled: unknown[] = [];
    const hear = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", hear);
    try {
      delivery.reject(refused);
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("unhandledRejection", hear);
    }
    expect([heard, unhandled]).toEqual([[["say", refused]], []]);
  });

  it("has what was said written when somebody awaits it, once", () => {
    const { delivery, heard } = deliver();
    void delivery.then(() => {});
    void delivery.then(() => {});
    expect(heard).toEqual(["soon"]);
  });

  it("settles once", async () => {
    const { delivery, heard } = deliver();
    const first = delivery.then(() => "there");
    delivery.resolve();
    delivery.reject(refused);
    expect([await first, heard]).toEqual(["there", ["soon"]]);
  });
});
