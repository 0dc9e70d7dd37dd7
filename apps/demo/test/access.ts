import { readFileSync } from "node:fs";
import type { Demo } from "../src/demo.ts";
import type { Access as Told } from "../src/server/meter.ts";

/** What the access log says of an exchange or a link. */
export type Access = Pick<Told, "method" | "bytesIn" | "bytesOut" | "isEmpty">;

/** What the access log says of whoever is called so. */
export function accessOf({ accessLog }: Demo, who: RegExp): readonly Access[] {
  return readFileSync(accessLog, "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, name = ""]) => who.test(name))
    .map(([, , method = "", , , bytesIn, bytesOut, empty]) => ({
      method,
      bytesIn: Number(bytesIn),
      bytesOut: Number(bytesOut),
      isEmpty: empty === "empty",
    }));
}
