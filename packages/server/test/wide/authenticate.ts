import type { Clock } from "@holdfast/core";
import type { AuthenticateResult, Identity, Visitor } from "../../src/options.ts";
import { Thrown, type World } from "./world.ts";

/** Says who somebody is: whom the credential names, now or in its time, and not always. */
export async function authenticate(
  { random, clock, terms, isCalm }: World,
  time: Clock,
  { credential }: Visitor,
): Promise<AuthenticateResult<Identity>> {
  const { who } = credential as { readonly who: string };
  if (random.next() < 0.3) {
    await new Promise<void>((resolve) => time.schedule(random.integer(0, 40), resolve));
  }
  const isFlaky = terms.isFlaky && !isCalm;
  if (isFlaky && random.next() < 0.08) throw new Thrown("nobody answers");
  const luck = isFlaky ? random.next() : 1;
  if (luck < 0.01) return null;
  if (luck < 0.05) return "expired";
  const { expiresInMs } = terms;
  return {
    identity: { id: who },
    rooms: [who === "ada" ? "red" : "blue"],
    ...(expiresInMs !== undefined && { expiresAt: clock.epochMs() + expiresInMs }),
  };
}
