/** A map that lets go of its oldest entry when there are too many. */
export class BoundedMap<K, V> {
  readonly #entries: Map<K, V> = new Map();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** What is there, or what `make` makes. */
  obtain(key: K, make: () => V): V {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#entries.set(key, made);
    const oldest = this.#entries.size > this.#max ? this.#entries.keys().next() : undefined;
    if (oldest && !oldest.done) this.#entries.delete(oldest.value);
    return made;
  }
}
