import { afterEach, beforeEach, describe } from "vitest";
import { closingRules } from "./transport/closing.ts";
import { messageRules } from "./transport/messages.ts";
import { openingRules } from "./transport/opening.ts";
import { Stage, type TransportSetup } from "./transport/stage.ts";
import { terminatingRules } from "./transport/terminating.ts";

export { type TransportSetup } from "./transport/stage.ts";

/**
 * Declares the tests that every transport passes: each MUST of its port.
 * That nothing reaches the host program on the side is vitest's to see: it fails a run for what nobody caught.
 */
export function transportContract(name: string, setup: TransportSetup): void {
  describe(`${name} keeps the contract of a transport`, () => {
    let stage: Stage;
    beforeEach(() => {
      stage = new Stage(setup);
    });
    afterEach(() => stage.strike());

    describe("opening", () => openingRules(() => stage));
    describe("messages", () => messageRules(() => stage));
    describe("closing", () => closingRules(() => stage));
    describe("terminating", () => terminatingRules(() => stage));
  });
}
