import { createHash, randomBytes } from "node:crypto";
import type { Secrets } from "../ports/secrets.ts";

/** From the system's own chance; tokens are kept as SHA-256. */
export const nodeSecrets: Secrets = {
  id: () => randomBytes(12).toString("base64url"),
  token: () => randomBytes(32).toString("base64url"),
  hash: (token) => createHash("sha256").update(token).digest("base64url"),
};
