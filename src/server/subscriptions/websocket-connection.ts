import type { WebSocket } from "ws";

import type { StreamMetrics } from "../../observability/index.js";
import type { OpenStream, StreamTimes } from "./open-streams.js";
import type { WebSocketOperation } from "./websocket-operation.js";

/** Reading from a client pauses while this many bytes are buffered for it, since each message causes a response. */
const maxWaitingBytes = 256 * 1024;

/** RFC 6455: the endpoint is going away. graphql-ws clients reconnect. */
const goingAway = 1001;

/** An open WebSocket. Sends heartbeats, bounds what is buffered for the client, and closes when the gateway stops. */
export class WebSocketConnection implements OpenStream {
  /** The operations that have not ended. */
  readonly operations = new Set<WebSocketOperation>();
  readonly #beat: NodeJS.Timeout;
  /** Heartbeats since the client last sent something. Accepted writes prove nothing: the kernel buffers them. */
  #missedBeats = 0;
  /** Bytes buffered for the client at the last heartbeat. */
  #waitingBytes = 0;
  #isDraining = false;

  constructor(
    readonly socket: WebSocket,
    private readonly times: StreamTimes,
    private readonly metrics: StreamMetrics,
  ) {
    this.#beat = setInterval(this.#onBeat, times.beatMs);
    for (const event of ["pong", "ping", "message"]) socket.on(event, this.#onReceived);
  }

  /** Resolves when the text is written to the socket, or the socket is closed. */
  send(text: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) {
        resolve();
        return;
      }
      socket.send(text, () => {
        this.#resume();
        resolve();
      });
    });
  }

  /** Closes the connection once queries and mutations have their results; subscriptions end with it. */
  drain(): void {
    this.#isDraining = true;
    this.#closeIfDrained();
  }

  destroy(): void {
    this.socket.terminate();
  }

  ended(operation: WebSocketOperation): void {
    this.operations.delete(operation);
    this.operationChanged();
  }

  /** To be called when an operation has ended or turned out to be a subscription: a draining connection may close. */
  operationChanged(): void {
    // Deferred, so that graphql-ws sends `complete` first.
    if (this.#isDraining) setImmediate(this.#closeIfDrained);
  }

  closed(): void {
    clearInterval(this.#beat);
    for (const operation of [...this.operations]) operation.end("client left");
  }

  readonly #closeIfDrained = (): void => {
    if ([...this.operations].some(({ isSubscription }) => !isSubscription)) return;
    this.socket.close(goingAway, "Going away");
    for (const operation of [...this.operations]) operation.end("gateway stopping");
  };

  #resume(): void {
    if (this.socket.isPaused && this.socket.bufferedAmount < maxWaitingBytes) this.socket.resume();
  }

  readonly #onReceived = (): void => {
    this.#missedBeats = 0;
    if (this.socket.bufferedAmount >= maxWaitingBytes) this.socket.pause();
  };

  readonly #onBeat = (): void => {
    const { bufferedAmount } = this.socket;
    // A slow client that still reads: its pongs follow once it has read the rest.
    if (bufferedAmount < this.#waitingBytes) this.#missedBeats = 0;
    this.#waitingBytes = bufferedAmount;
    this.#resume();
    this.#missedBeats += 1;
    if (this.#missedBeats > this.times.maxMissedBeats) {
      this.metrics.clientCut("websocket");
      for (const operation of [...this.operations]) operation.end("client too slow");
      this.socket.terminate();
    } else if (this.socket.readyState === this.socket.OPEN) {
      this.socket.ping();
    }
  };
}
