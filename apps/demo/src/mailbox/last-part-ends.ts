const lf = 0x0a;
/** What may follow a boundary in its line. */
const blanks: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/**
 * Whether a mail that has parts says where the last one ends; one without parts has nothing to say. Only its own are looked at, not the
 * parts of its parts.
 *
 * @param rest - what follows its head, from the empty line on
 */
export function lastPartEnds(rest: Uint8Array, contentType: string): boolean {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return true;
  const body = Buffer.from(rest.buffer, rest.byteOffset, rest.length);
  const closing = Buffer.from(`\n--${boundary}--`);
  for (let at = body.indexOf(closing); at !== -1; at = body.indexOf(closing, at + 1)) {
    const after = at + closing.length;
    const end = body.indexOf(lf, after);
    if (body.subarray(after, end === -1 ? undefined : end).every((byte) => blanks.has(byte))) return true;
  }
  return false;
}

/** What stands between the parts. RFC 2045 section 5.1; a quoted value of another parameter may look like one. */
function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\//i.test(contentType)) return undefined;
  for (const [, name = "", quoted, token] of contentType.matchAll(
    /;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;()"]+))/g,
  )) {
    if (name.toLowerCase() === "boundary") return (quoted?.replace(/\\(.)/g, "$1") ?? token) || undefined;
  }
  return undefined;
}
