import { decode, having, type Malformed, type Shapes } from "./decode.ts";
import { type Frame, frameShapes, type Greeting } from "./shapes.ts";

const shapes: Shapes = { ...frameShapes, hello: ["value"] };

/** All of it but the one flag there is. */
const isAlmost = having({
  version: "whole",
  session: "key?",
  attempt: "whole",
  received: "whole?",
  window: "whole",
  maxMessageBytes: "whole",
  contract: "text?",
});

/** What a text message says before a client was welcomed. Apart, for a client never reads it. PROTOCOL.md section 3. */
export function decodeHello(text: string): Greeting | Frame | Malformed {
  const frame: Greeting | Frame | Malformed = decode(text, shapes);
  if ("malformed" in frame || (frame[0] as string) !== "hello") return frame;
  const almost = isAlmost(frame[1]);
  if (almost !== true) return { malformed: `hello: ${almost || "no hello"}` };
  const { restarted = false } = (frame as unknown as Greeting)[1];
  return typeof restarted === "boolean" ? frame : { malformed: "hello: restarted: no flag" };
}
