import type { Figure, Must } from "../race/race.ts";

/** What ours must reach, in words. */
export function mustInWords({ musts = [], better, unit }: Figure): string {
  const least = better === "more" ? "at least" : "at most";
  return musts
    .map((must) =>
      "limit" in must ? `${least} ${must.limit} ${unit}` : `${least} ${must.times} x ${must.of}`,
    )
    .join(", ");
}

/** How much of what a must asks for is reached: 1 and above is enough. `undefined`: whom it names did not run. */
export function reached(
  { better }: Figure,
  must: Must,
  ours: number,
  medianOf: (peer: string) => number | undefined,
): number | undefined {
  const other = "limit" in must ? must.limit : medianOf(must.of);
  if (other === undefined) return undefined;
  const wanted = "limit" in must ? other : other * must.times;
  if (better === "more") return ours / wanted;
  return ours > 0 ? wanted / ours : Infinity;
}
