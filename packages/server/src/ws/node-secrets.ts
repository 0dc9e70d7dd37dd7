import { hash, randomFillSync } from "node:crypto";
import type { Secrets } from "../ports/secrets.ts";

/** Where chance is written to and read from again: a buffer for each would weigh more than what it says. */
const chance: Buffer = Buffer.alloc(32);

/** From the system's own chance; tokens are kept as SHA-256. */
export const nodeSecrets: Secrets = {
  id: () => random(12),
  token: () => random(32),
  hash: (token) => hash("sha256", token, "base64url"),
};

function random(bytes: number): string {
  return randomFillSync(chance, 0, bytes).toString("base64url", 0, bytes);
}
