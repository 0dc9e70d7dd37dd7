/** The beginning of a text that is not empty, up to a place that `roll`, in [0, 1), chose; never half a character. */
export function truncated(text: string, roll: number): string {
  const length = Math.floor(roll * text.length);
  const isSplit = length > 0 && (text.codePointAt(length - 1) ?? 0) > 0xffff;
  return text.slice(0, isSplit ? length - 1 : length);
}
