import type { IncomingMessage, ServerResponse } from "node:http";

import { callerLimitedError } from "../graphql/index.js";
import type { HttpMetrics, RequestLimit } from "../observability/index.js";
import type { CallerRates } from "./caller-rates.js";
import { overload } from "./http-errors.js";
import type { Refusal } from "./http-errors.js";
import type { InFlight } from "./in-flight.js";

/**
 * Admits GraphQL requests, and operations over WebSockets: as many at a time as there are slots, and of one caller as many
 * in a minute as it may send.
 */
export class Admission {
  /** @param rates undefined: callers have no limit */
  constructor(
    private readonly inFlight: InFlight,
    private readonly rates: CallerRates | undefined,
    private readonly metrics: Pick<HttpMetrics, "requestRefused">,
  ) {}

  /** Admits a request whose body was read, until its response closes. */
  admit({ headers }: IncomingMessage, response: ServerResponse): Refusal | undefined {
    const limit = this.inFlight.acquire(response);
    return limit === undefined ? this.#limit(headers.authorization) : this.#overloaded(limit);
  }

  /** Ends an admission before the response does: a stream goes on for as long as there are events. */
  release(response: ServerResponse): void {
    this.inFlight.release(response);
  }

  /** Admits what has no response of its own: {@link end} has to be called unless it is refused. */
  begin(authorization: string | undefined): Refusal | undefined {
    if (!this.inFlight.begin()) return this.#overloaded("in_flight");
    const refusal = this.#limit(authorization);
    if (refusal !== undefined) this.end();
    return refusal;
  }

  end(): void {
    this.inFlight.end();
  }

  /** Without credentials nothing reaches the upstream, so nothing is counted. */
  #limit(authorization: string | undefined): Refusal | undefined {
    if (this.rates === undefined || authorization === undefined) return undefined;
    const retryAfter = this.rates.take(authorization);
    if (retryAfter === 0) return undefined;
    this.metrics.requestRefused("caller");
    const { code, message } = callerLimitedError;
    return { status: 429, message, extensions: { code, retryAfter } };
  }

  #overloaded(limit: RequestLimit): Refusal {
    this.metrics.requestRefused(limit);
    return overload;
  }
}
