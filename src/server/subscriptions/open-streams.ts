/** How streams are kept alive. Durations are in milliseconds. */
export interface StreamTimes {
  /** Time between two heartbeats. Shorter than the idle timeouts of common proxies, which are 30 s and more. */
  readonly beatMs: number;
  /**
   * Heartbeats after which an unresponsive client is disconnected. Heartbeats are counted instead of time: if the event
   * loop was blocked, pending input of the client is read before the next heartbeat.
   */
  readonly maxMissedBeats: number;
  /** Time within which a WebSocket client has to send `connection_init`. */
  readonly initMs: number;
}

export const defaultStreamTimes: StreamTimes = { beatMs: 12_000, maxMissedBeats: 3, initMs: 3_000 };

/** A stream or WebSocket whose client waits for events. */
export interface OpenStream {
  /** Ends it so that its client reconnects, to another instance. */
  drain(): void;
  /** Closes its connection at once. */
  destroy(): void;
}

/** Keeps the open streams, which only their clients would end, to end them when the gateway stops. */
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

  /** Ends all streams, and those opened later as soon as they open. */
  drain(): void {
    this.#isDraining = true;
    for (const stream of [...this.#streams]) stream.drain();
  }

  /** Closes the connections of the streams that have not ended. */
  destroy(): void {
    for (const stream of [...this.#streams]) stream.destroy();
  }
}
