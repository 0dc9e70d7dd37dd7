const cr = 0x0d;
const lf = 0x0a;

/** The head of a mail: what stands before its first empty line. Without one it has not been written to its end. */
export function headOf(bytes: Uint8Array): Uint8Array | undefined {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(lf, start);
    if (end === -1) return undefined;
    if (bytes.subarray(start, end).every((byte) => byte === cr)) return bytes.subarray(0, start);
    start = end + 1;
  }
}
