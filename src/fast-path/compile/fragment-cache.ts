import { LongText, longLength } from "./text.js";
import type { JsonText, Write } from "./text.js";

/** The fragments of one position in a compiled operation, by the objects that they represent. */
interface Slot {
  fragments: WeakMap<object, JsonText> | undefined;
}

/** Bytes of a WeakMap entry and the header of a string or buffer. */
const entryBytes = 150;

/** The largest fragment as a share of the budget: larger ones would evict the others too often. */
const maxShare = 1 / 4;

/**
 * Caches JSON fragments of frozen objects, whose JSON cannot change. Upstream records are frozen, and a response with the
 * same bytes as the one before yields the same record objects, so most records are serialized once.
 *
 * All compiled operations share one budget, because callers decide how many fragments there are. When it is exhausted,
 * all fragments are evicted.
 */
export class FragmentCache {
  readonly #inUse = new Set<Slot>();
  #bytes = 0;

  /** @param maxBytes budget of all fragments, including buffers outside the heap */
  constructor(private readonly maxBytes: number) {}

  /** Wraps a writer so that its fragments are cached. */
  caching(write: Write): Write {
    const slot: Slot = { fragments: undefined };
    return (value, run) => {
      const object = value as object;
      const cached = slot.fragments?.get(object);
      if (cached !== undefined) return cached;
      const text = write(object, run);
      if (typeof text !== "string" || !Object.isFrozen(object)) return text;
      const bytes = Buffer.from(text);
      // V8 keeps a concatenated string as a tree, which each use would walk; this one is flat.
      const whole = text.length < longLength ? bytes.toString() : new LongText([bytes]);
      this.#store(slot, object, whole, bytes.length === text.length ? bytes.length : text.length * 2);
      return whole;
    };
  }

  #store(slot: Slot, object: object, text: JsonText, fragmentBytes: number): void {
    const bytes = fragmentBytes + entryBytes;
    if (bytes > this.maxBytes * maxShare) return;
    if (this.#bytes + bytes > this.maxBytes) this.#evictAll();
    this.#bytes += bytes;
    this.#inUse.add(slot);
    slot.fragments ??= new WeakMap();
    slot.fragments.set(object, text);
  }

  #evictAll(): void {
    for (const slot of this.#inUse) slot.fragments = undefined;
    this.#inUse.clear();
    this.#bytes = 0;
  }
}
