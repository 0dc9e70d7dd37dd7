/** Where names and proofs of sessions come from. PROTOCOL.md section 6.3. */
export interface Secrets {
  /** A session id that was never used. */
  id(): string;
  /** 256 random bits, as text. */
  token(): string;
  /** What is kept of a token. MUST NOT be reversible. */
  hash(token: string): string;
}
