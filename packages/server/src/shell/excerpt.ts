/** So many characters, names and values are enough to see what was meant. */
const most = 1_000;

/** As much of a value as a log needs: a client may say a megabyte, and each of a hundred thousand mistakes in it is an issue of its own. */
export function excerpt(value: unknown): unknown {
  let left = most;

  function cut(text: string): string {
    const kept = text.slice(0, Math.max(0, left));
    left -= kept.length;
    return kept.length < text.length ? `${kept}...` : text;
  }

  function copy(one: unknown): unknown {
    left--;
    if (typeof one === "string") return cut(one);
    // What is of a class is not a client's.
    if (Array.isArray(one)) return some(one, copy);
    if (!isPlain(one)) return one;
    return Object.fromEntries(some(Object.keys(one), (key) => [cut(key), copy(one[key])]));
  }

  /** No more of them than there is room for. */
  function some<T, C>(all: readonly T[], take: (one: T) => C): readonly C[] {
    const taken: C[] = [];
    for (const one of all) {
      if (left <= 0) break;
      taken.push(take(one));
    }
    return taken;
  }

  return copy(value);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
