import { createDeflateRaw, createInflateRaw, type ZlibOptions } from "node:zlib";
import { check } from "@holdfast/core/exchange";
import type { ServerOptions } from "../options.ts";

/** What zlib would refuse with the first message that is compressed, where nobody could catch it. @throws HoldfastError `CONFIG` */
export function checkDeflate(deflate: NonNullable<ServerOptions["perMessageDeflate"]>): void {
  if (typeof deflate === "boolean") return;
  const isObject = typeof deflate === "object" && deflate !== null;
  check("perMessageDeflate", deflate, isObject, "true, false or an object");
  try {
    createInflateRaw(deflate.zlibInflateOptions).close();
    createDeflateRaw(deflate.zlibDeflateOptions as ZlibOptions).close();
  } catch (cause) {
    check("perMessageDeflate", deflate, false, "what zlib takes", cause);
  }
}
