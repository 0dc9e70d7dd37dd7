/** The `DOMException` of that name, or an error that looks like it where there is no such class (React Native). */
export function domError(
  name: "InvalidStateError" | "SyntaxError" | "InvalidAccessError",
  message: string,
): Error {
  return globalThis.DOMException
    ? new DOMException(message, name)
    : Object.assign(new Error(message), { name });
}
