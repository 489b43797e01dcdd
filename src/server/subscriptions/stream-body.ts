import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";

import type { StreamMetrics } from "../../observability/index.js";
import type { OpenStream, OpenStreams, StreamTimes } from "./open-streams.js";
import type { Results } from "./results.js";
import type { StreamFormat } from "./stream-formats.js";

/** What a stream is written with. */
export interface StreamParts {
  readonly metrics: StreamMetrics;
  readonly open: OpenStreams;
  readonly times: StreamTimes;
}

/** What is written, and into what. */
export interface StreamContent {
  readonly format: StreamFormat;
  readonly results: Results;
  readonly response: ServerResponse;
}

/**
 * The body of a response that goes on for as long as there are results. The next one is computed when the client has
 * taken those before it, so that no backlog builds up.
 */
export class StreamBody extends Readable implements OpenStream {
  readonly #beat: NodeJS.Timeout;
  #isOpened = false;
  #isPulling = false;
  /** Heartbeats since the client has taken all there was. */
  #missedBeats = 0;

  constructor(
    private readonly parts: StreamParts,
    private readonly content: StreamContent,
  ) {
    // Nothing is read ahead.
    super({ highWaterMark: 0 });
    this.#beat = setInterval(this.#onBeat, parts.times.beatMs);
    this.#keepConnection();
    parts.open.add(this);
  }

  override _read(): void {
    if (this.#isOpened) {
      void this.#pushNext();
    } else {
      this.#isOpened = true;
      this.push(this.content.format.opening);
    }
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.content.results.end("client left");
    this.#stop();
    done(error);
  }

  drain(): void {
    const { socket } = this.content.response;
    // The response has promised to keep its connection alive.
    this.content.response.once("finish", () => socket?.destroySoon());
    this.content.results.end("gateway stopping");
  }

  async #pushNext(): Promise<void> {
    // A heartbeat makes the stream read again while the next result is being waited for.
    if (this.#isPulling) return;
    this.#isPulling = true;
    const { done, value } = await this.content.results.next();
    this.#isPulling = false;
    if (this.destroyed) return;
    if (done === true) {
      this.#stop();
      this.push(this.content.format.closing(this.content.results.ended ?? "completed"));
      this.push(null);
    } else {
      this.parts.metrics.eventSent(this.content.format.transport);
      this.push(value.in(this.content.format.envelope));
    }
  }

  /** The server's timeout for idle connections is for requests: here the heartbeat finds those that are gone. */
  #keepConnection(): void {
    // A pipelined response has its socket only once those before it are sent.
    this.content.response.socket?.setTimeout(0);
  }

  readonly #onBeat = (): void => {
    this.#keepConnection();
    if (this.content.response.writableLength === 0) {
      this.#missedBeats = 0;
      this.push(this.content.format.heartbeat);
      return;
    }
    this.#missedBeats += 1;
    if (this.#missedBeats <= this.parts.times.maxMissedBeats) return;
    this.parts.metrics.clientCut(this.content.format.transport);
    this.content.results.end("client too slow");
    this.content.response.destroy();
  };

  #stop(): void {
    clearInterval(this.#beat);
    this.parts.open.remove(this);
  }
}
