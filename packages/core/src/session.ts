// Sessions, for the other end and for tests: the pure half.
export * as closeCodes from "./protocol/close-codes.ts";
export { ClientEngine, type ClientHeard, type ClientLimits, type Stored } from "./engine/client-engine.ts";
export { End, type EndLimits } from "./engine/end.ts";
export { type Heard, violated } from "./engine/heard.ts";
export { type Answered, isLast } from "./protocol/direction.ts";
export { subprotocol } from "./protocol/subprotocol.ts";
export { decode, type Malformed } from "./protocol/decode.ts";
export { decodeHello } from "./protocol/decode-hello.ts";
export { encode, encodeData } from "./protocol/encode.ts";
export { after, type Instant, never } from "./protocol/instant.ts";
export {
  type CommonFrame,
  type Frame,
  type Greeting,
  type Hello,
  type Welcome,
  type WireRecord,
} from "./protocol/shapes.ts";
export { type Aftermath, settleLost } from "./session/lost.ts";
export { frameOverheadBytes, type Kept, nobody, type Outgoing, type Ticket } from "./session/outbox.ts";
export { type PeerLimits, type Remains, type Violation } from "./session/session.ts";
