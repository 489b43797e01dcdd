import { Agent } from "undici";
import type { Dispatcher } from "undici";

import { authorizationOf } from "./authorization.js";
import type { TraceHeaders, UpstreamCall } from "./call.js";
import { faultOfFailure, faultOfStatus } from "./fault.js";
import type { UpstreamObserver } from "./observer.js";
import { decodeRetryAfter } from "./retry-after.js";
import type { ServiceDirectory } from "./service-directory.js";
import { inUpstreamSpan } from "./tracing.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";
import { upstreamMessage } from "./upstream-message.js";

/** One request to the upstream. */
export interface UpstreamRequest extends UpstreamOperation {
  readonly accountId: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  /** A value for `If-Match`. */
  readonly ifMatch?: string;
  /** JSON. */
  readonly body?: string;
  /** The statuses that are this endpoint's success. */
  readonly success: readonly number[];
}

/** An answer with one of the statuses that the request calls success. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Far over any account's data; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 32 * 1024 * 1024;

/** Shorter than the idle time-out of common load balancers, so that they seldom hang up on us first. */
const keepAliveMs = 30_000;

/** Sends requests to the upstream and sorts what comes back into answers and faults. */
export class UpstreamHttpClient {
  /** Keeps connections to each origin alive. Time is up when the call's deadline says so, not before. */
  readonly #dispatcher = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    maxResponseSize: maxResponseBytes,
  });

  constructor(
    private readonly directory: ServiceDirectory,
    private readonly observer: UpstreamObserver,
  ) {}

  /**
   * Sends one request with the caller's own authorization.
   *
   * @throws UpstreamError for whatever is not one of the request's `success` statuses
   */
  async send(call: UpstreamCall, request: UpstreamRequest): Promise<UpstreamResponse> {
    const authorization = authorizationOf(call, request);
    const origin = await this.directory.originOf(request.accountId, request.service);
    const answer = await this.#observed(call, request, (trace) =>
      this.#exchange({ ...call, trace }, request, origin, authorization),
    );
    if (request.success.includes(answer.status)) return answer;
    throw refusal(request, answer, [authorization.replace(/^\S+ +/, ""), new URL(origin).host]);
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#dispatcher.close();
  }

  async #observed(
    call: UpstreamCall,
    request: UpstreamRequest,
    exchange: (trace: TraceHeaders) => Promise<UpstreamResponse>,
  ): Promise<UpstreamResponse> {
    if (call.stats !== undefined) call.stats.upstreamCalls += 1;
    const startMs = performance.now();
    let outcome: number | UpstreamError["fault"] = "unavailable";
    try {
      const answer = await inUpstreamSpan(request, call.trace, exchange);
      outcome = answer.status;
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) outcome = error.fault;
      throw error;
    } finally {
      const { service, operation, intent } = request;
      const durationMs = performance.now() - startMs;
      this.observer.callEnded?.({ service, operation, intent, outcome, durationMs });
    }
  }

  async #exchange(
    call: UpstreamCall,
    request: UpstreamRequest,
    origin: string,
    authorization: string,
  ): Promise<UpstreamResponse> {
    const response = await this.#headers(call, request, origin, authorization);
    const { statusCode: status, headers } = response;
    try {
      return { status, headers, body: await response.body.text() };
    } catch (cause) {
      const fault = faultOfFailure(cause, call.signal);
      if (fault === undefined) throw cause;
      // The upstream did answer: that its connection broke in the middle makes the answer a broken one.
      const truncated = request.success.includes(status) ? "invalid-response" : faultOfStatus(status);
      throw new UpstreamError(fault === "unavailable" ? truncated : fault, request, { status, cause });
    }
  }

  async #headers(
    call: UpstreamCall,
    request: UpstreamRequest,
    origin: string,
    authorization: string,
  ): Promise<Dispatcher.ResponseData> {
    const { method, path, body } = request;
    const headers = {
      ...call.trace,
      accept: "application/json",
      authorization,
      "x-request-id": call.requestId,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(request.ifMatch === undefined ? {} : { "if-match": request.ifMatch }),
    };
    try {
      const { signal } = call;
      return await this.#dispatcher.request({ origin, method, path, headers, body: body ?? null, signal });
    } catch (cause) {
      const fault = faultOfFailure(cause, call.signal);
      if (fault === undefined) throw cause;
      throw new UpstreamError(fault, request, { cause });
    }
  }
}

/** What an answer that is no success means. Only a 400 and a 409 have something to say to the caller. */
function refusal(
  request: UpstreamRequest,
  { status, headers, body }: UpstreamResponse,
  secrets: readonly string[],
): UpstreamError {
  return new UpstreamError(faultOfStatus(status), request, {
    status,
    detail: status === 400 || status === 409 ? upstreamMessage(body, secrets) : undefined,
    retryAfterSeconds: status === 429 ? decodeRetryAfter(headers["retry-after"]) : undefined,
  });
}
