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

/** Takes a body that has arrived whole; undefined: it is too large. */
type TakeBody = (body: Buffer | undefined) => void;

/** A body of which more is to come. */
interface PartialBody {
  readonly socket: Socket;
  /** What is kept of it, the memory that its pieces share with others included. */
  bytes: number;
}

/**
 * Reads the bodies of requests, and bounds what those that have not arrived whole take together. Past it the one that
 * began first is given up: an honest body is there within moments, so it is one that its caller lets wait.
 */
export class RequestBodies {
  /** Those that began first come first. */
  readonly #partial = new Set<PartialBody>();
  #bytes = 0;

  constructor(
    private readonly limits: BodyLimits,
    private readonly connections: Connections,
    private readonly metrics: HttpMetrics,
  ) {}

  /**
   * Reads the body of `request`. Of one that breaks off, or is given up, nobody hears again: its connection is closed.
   *
   * @param stream where it comes from: the request itself, unless it was read before
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
    const end = (body: Buffer | undefined): void => {
      stream.off("data", onData).off("end", onEnd);
      if (partial !== undefined) this.#release(partial);
      take(body);
    };
    const onEnd = (): void => {
      end(Buffer.concat(chunks, length));
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      // Known to be all of it: its end need not be waited for.
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

  /** A piece keeps all the memory that it is cut from. */
  #keep(partial: PartialBody, { buffer }: Buffer): void {
    // It was given up, and its connection is about to close.
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
