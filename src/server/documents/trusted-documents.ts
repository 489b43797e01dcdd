import { sha256Of } from "../../lib/index.js";

/** A document that was approved before the gateway started. */
export interface TrustedDocument {
  readonly id: string;
  readonly text: string;
}

const sha256Prefix = "sha256:";

/** The documents of a manifest, found by id or by text. */
export class TrustedDocuments {
  readonly #textsById = new Map<string, string>();
  readonly #texts: ReadonlySet<string>;

  constructor(documents: readonly TrustedDocument[]) {
    this.#texts = new Set(documents.map(({ text }) => text));
    // Whatever ids a manifest has: clients that know the text compute this one themselves.
    for (const text of this.#texts) this.#textsById.set(sha256Of(text), text);
    for (const { id, text } of documents) this.#textsById.set(withoutPrefix(id), text);
  }

  get size(): number {
    return this.#texts.size;
  }

  /** @param id without the prefix `sha256:` */
  textOf(id: string): string | undefined {
    return this.#textsById.get(id);
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }
}

/** `sha256:` and a hash is the same id as the hash alone, which Apollo's clients send. */
export function withoutPrefix(id: string): string {
  return id.startsWith(sha256Prefix) ? id.slice(sha256Prefix.length) : id;
}
