import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";

import type { HttpMetrics } from "../observability/index.js";
import type { Connections } from "./connections.js";

/** Sizes in bytes. */
export interface BodyLimits {
  /** Of one body. */
  readonly maxBodyBytes: number;
  /** Of all bodies together that have not arrived whole. */
  readonly maxBodiesBytes: number;
}

/** Receives the complete body; undefined: it is too large. */
type TakeBody = (body: Buffer | undefined) => void;

/** A body that is not complete. */
interface PartialBody {
  readonly socket: Socket;
  /** Memory held by its chunks, including memory that they share with others. */
  bytes: number;
}

/**
 * Reads request bodies, and bounds the memory of all incomplete ones. At the bound the oldest one is dropped and its
 * connection closed: a body of an ordinary client is complete within moments.
 */
export class RequestBodies {
  /** Oldest first. */
  readonly #partial = new Set<PartialBody>();
  #bytes = 0;

  constructor(
    private readonly limits: BodyLimits,
    private readonly connections: Connections,
    private readonly metrics: HttpMetrics,
  ) {}

  /**
   * Reads the body of `request`. `take` is not called if the body breaks off or is dropped: its connection is closed.
   *
   * @param stream the source: the request itself, unless its body was read before
   */
  read(request: IncomingMessage, stream: Readable, take: TakeBody): void {
    const expected = Number(request.headers["content-length"]);
    if (expected > this.limits.maxBodyBytes) {
      take(undefined);
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    let partial: PartialBody | undefined;
    // Hot path: the listeners stay, because to remove them costs more than to ignore what follows.
    let isTaken = false;
    const end = (body: Buffer | undefined): void => {
      isTaken = true;
      chunks.length = 0;
      if (partial !== undefined) this.#release(partial);
      take(body);
    };
    const onEnd = (): void => {
      if (!isTaken) end(Buffer.concat(chunks, length));
    };
    const onData = (chunk: Buffer): void => {
      if (isTaken) return;
      length += chunk.length;
      // The body is complete: no need to wait for the end event.
      if (length === expected && chunks.length === 0) {
        end(chunk);
      } else if (length > this.limits.maxBodyBytes) {
        end(undefined);
      } else {
        chunks.push(chunk);
        if (length === expected) onEnd();
        else this.#keep((partial ??= this.#begin(request)), chunk);
      }
    };
    stream.on("data", onData).on("end", onEnd);
  }

  #begin(request: IncomingMessage): PartialBody {
    const partial = { socket: request.socket, bytes: 0 };
    this.#partial.add(partial);
    request.once("close", () => {
      this.#release(partial);
    });
    return partial;
  }

  /** A chunk keeps the whole buffer alive that it is a slice of. */
  #keep(partial: PartialBody, { buffer }: Buffer): void {
    // It was dropped, and its connection is about to close.
    if (!this.#partial.has(partial)) return;
    partial.bytes += buffer.byteLength;
    this.#count(buffer.byteLength);
    for (const oldest of this.#partial) {
      if (this.#bytes <= this.limits.maxBodiesBytes) break;
      this.#release(oldest);
      this.connections.turnAway(oldest.socket);
    }
  }

  #release(partial: PartialBody): void {
    if (this.#partial.delete(partial)) this.#count(-partial.bytes);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.metrics.bodyBytesChanged(bytes);
  }
}
