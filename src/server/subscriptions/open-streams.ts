/** Something with a client that waits for events. */
export interface OpenStream {
  /** Ends it in a way that makes its client go elsewhere. */
  drain(): void;
  /** Cuts its connection. */
  destroy(): void;
}

/** What is open and would go on for as long as its client likes: it has to be told when the gateway stops. */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>();
  #isDraining = false;

  add(stream: OpenStream): void {
    this.#streams.add(stream);
    if (this.#isDraining) stream.drain();
  }

  remove(stream: OpenStream): void {
    this.#streams.delete(stream);
  }

  /** Ends all, and what is still opened at once. */
  drain(): void {
    this.#isDraining = true;
    for (const stream of [...this.#streams]) stream.drain();
  }

  /** Cuts those that have not ended. */
  destroy(): void {
    for (const stream of [...this.#streams]) stream.destroy();
  }
}
