/** `value` as a string, converted as the standard does it: a symbol is a TypeError, which `String` would let pass. */
export function textOf(value: unknown): string {
  return "".concat(value as string);
}
