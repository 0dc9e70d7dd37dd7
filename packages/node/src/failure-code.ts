/**
 * The close code of a failure that we noticed ourselves, RFC 6455 section 7.4.1.
 * `ws` tells it to the peer but reports 1006, since no close frame came.
 */
export function failureCode(error: Error & { readonly code?: string | undefined }): number {
  const { code = "" } = error;
  if (code === "WS_ERR_INVALID_UTF8" || code.startsWith("Z_")) return 1007;
  if (code === "WS_ERR_TOO_MANY_BUFFERED_PARTS") return 1008;
  if (code.endsWith("_LENGTH") && code.startsWith("WS_ERR_UNSUPPORTED_")) return 1009;
  return code.startsWith("WS_ERR_") ? 1002 : 1006;
}
