const codes = { InvalidStateError: 11, SyntaxError: 12, InvalidAccessError: 15 } as const;

/** The `DOMException` of that name, or an error that looks like it where there is no such class (React Native). */
export function domError(name: keyof typeof codes, message: string): Error {
  return typeof DOMException === "function"
    ? new DOMException(message, name)
    : Object.assign(new Error(message), { name, code: codes[name] });
}
