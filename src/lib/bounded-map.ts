/** A map that forgets what was used longest ago: its keys come from outside, its size must not. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly capacity: number) {}

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    // As long as half of it is empty nothing is near to being forgotten.
    if (value !== undefined && this.#entries.size * 2 > this.capacity) this.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.capacity && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  values(): Iterable<V> {
    return this.#entries.values();
  }
}
