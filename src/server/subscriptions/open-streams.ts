/** How streams are kept alive. Durations are in milliseconds. */
export interface StreamTimes {
  /** Between two heartbeats. Less than the idle timeouts that are common on the way: 30 s and more. */
  readonly beatMs: number;
  /**
   * A client that takes nothing for so many heartbeats is cut. They are counted, and not the time: where this process
   * was held up, what the client has sent meanwhile is read before the next one.
   */
  readonly maxMissedBeats: number;
  /** Within which a WebSocket has to be initialised. */
  readonly initMs: number;
}

export const defaultStreamTimes: StreamTimes = { beatMs: 12_000, maxMissedBeats: 3, initMs: 3_000 };

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
