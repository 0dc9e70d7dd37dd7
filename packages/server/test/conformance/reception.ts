import { closeCodes, decodeHello, type Hello } from "@holdfast/core/session";

/** What a server makes of a message before `welcome`. PROTOCOL.md section 2.2. */
export type Received =
  | { readonly type: "hello"; readonly hello: Hello }
  | { readonly type: "write"; readonly text: string }
  | { readonly type: "close"; readonly code: number }
  | { readonly type: "nothing" };

const maxHelloBytes = 16_384;
const leastMessageBytes = 1_024;

/** Until there is a session to hear it. */
export function receiveFirst(text: string): Received {
  if (Buffer.byteLength(text) > maxHelloBytes) return { type: "close", code: closeCodes.tooLarge };
  const frame = decodeHello(text);
  if ("malformed" in frame) return { type: "close", code: closeCodes.protocol };
  if (frame[0] === "ping") return { type: "write", text: "pong" };
  if (frame[0] === "pong") return { type: "nothing" };
  if (frame[0] !== "hello") return { type: "close", code: closeCodes.protocol };
  if (frame[1].version !== 1) return { type: "close", code: closeCodes.version };
  if (frame[1].maxMessageBytes < leastMessageBytes) return { type: "close", code: closeCodes.protocol };
  return { type: "hello", hello: frame[1] };
}

/** Whose credential it is: in the cases a credential is the name of its owner. protocol/README.md. */
export function identify(credential: unknown): string | number {
  if (credential === "refused") return closeCodes.refused;
  if (credential === "unknowable") return closeCodes.internal;
  return typeof credential === "string" ? credential : "somebody";
}
