import type { WebSocket } from "ws";

import type { StreamMetrics } from "../../observability/index.js";
import type { OpenStream, StreamTimes } from "./open-streams.js";
import type { WebSocketOperation } from "./websocket-operation.js";

/** Nothing more is read from a client while so many bytes wait for it: each message asks for an answer. */
const maxWaitingBytes = 256 * 1024;

/** RFC 6455: the endpoint goes away. Clients of graphql-ws connect again. */
const goingAway = 1001;

/** An open WebSocket: keeps it alive, bounds what waits for its client, and ends it when the gateway stops. */
export class WebSocketConnection implements OpenStream {
  /** Those that have not ended. */
  readonly operations = new Set<WebSocketOperation>();
  readonly #beat: NodeJS.Timeout;
  /** Heartbeats since the client was heard of. What was sent to it says nothing: the system takes it for a while. */
  #missedBeats = 0;
  /** Bytes that waited for the client at the last beat. */
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

  /** Settled when the socket has taken the text, or is closed. */
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

  /** What is answered once still is; subscriptions end with the connection. */
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

  /** What it waits for when it is to be closed may have changed. */
  operationChanged(): void {
    // graphql-ws has yet to tell the client that the operation is complete.
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
    // It takes what it is sent, though slowly: its pongs wait until then.
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
