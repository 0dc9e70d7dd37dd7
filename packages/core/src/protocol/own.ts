/** What an object itself has under a name. Names come from the peer, too: what every object has is not meant. */
export function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
