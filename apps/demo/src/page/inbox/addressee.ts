/** Whom somebody means by a name, among those who are here: another one only if all that differs is the case. */
export function addressee(
  name: string,
  here: readonly string[],
): { readonly name: string; readonly isHere: boolean } {
  if (here.includes(name)) return { name, isHere: true };
  const found = here.find((other) => fold(other) === fold(name));
  return { name: found ?? name, isHere: found !== undefined };
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
