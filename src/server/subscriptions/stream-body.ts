import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";

import type { StreamMetrics } from "../../observability/index.js";
import type { OpenStream, OpenStreams, StreamTimes } from "./open-streams.js";
import type { Results } from "./results.js";
import type { StreamFormat } from "./stream-formats.js";

/** The parts that all streams share. */
export interface StreamParts {
  readonly metrics: StreamMetrics;
  readonly open: OpenStreams;
  readonly times: StreamTimes;
}

/** The results to write, their format, and the response. */
export interface StreamContent {
  readonly format: StreamFormat;
  readonly results: Results;
  readonly response: ServerResponse;
}

/**
 * The body of a streamed response. The next result is computed when the client has read the ones before, so that no
 * backlog builds up.
 */
export class StreamBody extends Readable implements OpenStream {
  readonly #beat: NodeJS.Timeout;
  #isOpened = false;
  #isPulling = false;
  /** Heartbeats since the client last had read everything. */
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
    // The headers have announced keep-alive, so Node would leave the connection open.
    this.content.response.once("finish", () => socket?.destroySoon());
    this.content.results.end("gateway stopping");
  }

  async #pushNext(): Promise<void> {
    // The push of a heartbeat triggers another read while the next result is pending.
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

  /** Turns off the server's idle timeout, which is for requests: heartbeats detect clients that are gone. */
  #keepConnection(): void {
    // A pipelined response has no socket until the responses before it are sent: called again at each heartbeat.
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
    this.destroy();
  };

  #stop(): void {
    clearInterval(this.#beat);
    this.parts.open.remove(this);
  }
}
