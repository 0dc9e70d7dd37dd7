import type { Driver } from "./host.ts";

/** Hangs up with a code, and counts the link as lost by that code. */
export function refuse(driver: Driver, code: number, reason: string): void {
  driver.link?.close(code, reason);
  const why = { kind: "closed", code, reason, wasClean: false } as const;
  driver.dispatch({ type: "lost", linkId: driver.state.linkId, why });
}
