import { LongText, longLength } from "./text.js";
import type { Write, Written } from "./text.js";

/** The texts that one place of a compiled operation remembers, by the objects that they were written from. */
interface Slot {
  texts: WeakMap<object, Written> | undefined;
}

/** An entry of a WeakMap and the header of a string, or those of a buffer, in bytes. */
const entryBytes = 150;

/** A text that is a greater part of the budget than this would drop the others too often. */
const maxShare = 1 / 4;

/**
 * The texts of frozen objects: what cannot change is always written the same way. The upstream's rows are frozen, and
 * where an answer's bytes are those of the answer before they are the very same rows, so that most of them are
 * written once.
 *
 * All compiled operations share one budget, because callers decide how many texts there are. When it is used up
 * everything is dropped: a text that is still in use costs one more writing.
 */
export class TextMemory {
  readonly #inUse = new Set<Slot>();
  #bytes = 0;

  /** @param maxBytes what all texts may take together, buffers outside the heap included */
  constructor(private readonly maxBytes: number) {}

  /** Makes a writer remember what it wrote. */
  remembering(write: Write): Write {
    const slot: Slot = { texts: undefined };
    return (value, run) => {
      const object = value as object;
      const known = slot.texts?.get(object);
      if (known !== undefined) return known;
      const text = write(object, run);
      if (typeof text !== "string" || !Object.isFrozen(object)) return text;
      const bytes = Buffer.from(text);
      // To V8 a string that was put together is a tree, which each use would walk; this one is in one piece.
      const whole = text.length < longLength ? bytes.toString() : new LongText([bytes]);
      this.#remember(slot, object, whole, bytes.length === text.length ? bytes.length : text.length * 2);
      return whole;
    };
  }

  #remember(slot: Slot, object: object, text: Written, textBytes: number): void {
    const bytes = textBytes + entryBytes;
    if (bytes > this.maxBytes * maxShare) return;
    if (this.#bytes + bytes > this.maxBytes) this.#dropAll();
    this.#bytes += bytes;
    this.#inUse.add(slot);
    slot.texts ??= new WeakMap();
    slot.texts.set(object, text);
  }

  #dropAll(): void {
    for (const slot of this.#inUse) slot.texts = undefined;
    this.#inUse.clear();
    this.#bytes = 0;
  }
}
