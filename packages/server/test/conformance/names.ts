const isName = (value: unknown): value is string => typeof value === "string" && /^\$[a-z]+\d*$/.test(value);

interface Repeat {
  readonly $repeat: string;
  readonly times: number;
}

const isRepeat = (value: object): value is Repeat => "$repeat" in value;

/** The values that stand behind a case's `$names`. protocol/README.md. */
export class Names {
  readonly #values: Map<string, unknown> = new Map();

  /** A name gets its value: once, and no two of a family the same. */
  bind(name: string, value: unknown): void {
    const family = name.replace(/\d+$/, "");
    for (const [other, known] of this.#values) {
      if (other.replace(/\d+$/, "") !== family) continue;
      if (known === value) throw new Error(`${name} is the same as ${other}`);
      if (family === "$attempt" && !(Number(value) > Number(known))) {
        throw new Error(`${name} is not higher than ${other}`);
      }
    }
    this.#values.set(name, value);
  }

  /** What is given to the end under test: every name has to have its value. */
  fill<T>(value: T): T {
    return walk(value, undefined, (name) => {
      if (!this.#values.has(name)) throw new Error(`nothing is known of ${name}`);
      return this.#values.get(name);
    }) as T;
  }

  /** What is expected of the end under test; a name that is new gets its value from what was seen. */
  expect(expected: unknown, seen: unknown): unknown {
    return walk(expected, seen, (name, value) => {
      if (!this.#values.has(name) && value !== undefined) this.bind(name, value);
      return this.#values.get(name) ?? name;
    });
  }
}

function walk(value: unknown, seen: unknown, known: (name: string, seen: unknown) => unknown): unknown {
  if (isName(value)) return known(value, seen);
  if (typeof value !== "object" || value === null) return value;
  if (isRepeat(value)) return value.$repeat.repeat(value.times);
  const at = (key: string | number): unknown =>
    typeof seen === "object" && seen !== null ? Reflect.get(seen, key) : undefined;
  if (Array.isArray(value)) return value.map((one, index) => walk(one, at(index), known));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, at(key), known)]));
}
