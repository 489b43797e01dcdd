import { Agent } from "undici";
import type { Dispatcher } from "undici";

import type { UpstreamCall } from "./call.js";
import { faultOfFailure, faultOfStatus, isConnectFailure } from "./fault.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { WriteOutcome } from "./upstream-error.js";

/** Far over any account's data; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 32 * 1024 * 1024;

/**
 * How long an idle connection is kept for reads, whatever the upstream offers: shorter than the idle time-out
 * of common load balancers, so that they seldom hang up on us first. Where they do, the read is sent again.
 */
const keepAliveMs = 30_000;

/** A host that does not even take a connection by then is better tried again than waited for. */
const connectTimeoutMs = 3_000;

/** Time is up when the call's deadline says so, not before. */
const common = {
  headersTimeout: 0,
  bodyTimeout: 0,
  connect: { timeout: connectTimeoutMs },
  maxResponseSize: maxResponseBytes,
} as const;

/** Where a request goes, and whose it is. */
export interface Destination {
  readonly origin: string;
  readonly authorization: string;
}

type Sender = Pick<UpstreamCall, "requestId" | "signal" | "trace">;

/** Sends one request, once. */
export class Transport {
  readonly #reads = new Agent({
    ...common,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  });
  /**
   * Each write has a connection of its own (no pipelining, in undici, is no keep-alive). On one that was kept
   * the upstream may just be hanging up, and nobody could tell whether it took the write before it did.
   * Writes are rare; one more round trip costs less than an unknown outcome.
   */
  readonly #writes = new Agent({ ...common, pipelining: 0 });

  /** @throws UpstreamError where there is no whole answer */
  async exchange(call: Sender, request: UpstreamRequest, to: Destination): Promise<UpstreamResponse> {
    const response = await this.#headers(call, request, to);
    const { statusCode: status, headers } = response;
    try {
      return { status, headers, body: await response.body.text() };
    } catch (cause) {
      const fault = faultOfFailure(cause, call.signal);
      if (fault === undefined) throw cause;
      const isSuccess = request.success.includes(status);
      // The upstream did answer: that its connection broke in the middle makes the answer a broken one.
      const truncated = isSuccess ? "invalid-response" : faultOfStatus(status);
      const outcome = isSuccess ? ifWrite(request, "unknown") : undefined;
      throw new UpstreamError(fault === "unavailable" ? truncated : fault, request, {
        status,
        cause,
        outcome,
      });
    }
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await Promise.all([this.#reads.close(), this.#writes.close()]);
  }

  async #headers(
    { requestId, signal, trace }: Sender,
    request: UpstreamRequest,
    { origin, authorization }: Destination,
  ): Promise<Dispatcher.ResponseData> {
    const { method, path, body = null } = request;
    const headers = {
      ...trace,
      accept: "application/json",
      authorization,
      "x-request-id": requestId,
      ...(body === null ? {} : { "content-type": "application/json" }),
      ...(request.ifMatch === undefined ? {} : { "if-match": request.ifMatch }),
    };
    const dispatcher = request.intent === "read" ? this.#reads : this.#writes;
    try {
      return await dispatcher.request({ origin, method, path, headers, body, signal });
    } catch (cause) {
      const fault = faultOfFailure(cause, signal);
      if (fault === undefined) throw cause;
      const outcome = ifWrite(request, isConnectFailure(cause) ? "not-done" : "unknown");
      throw new UpstreamError(fault, request, { cause, outcome });
    }
  }
}

function ifWrite({ intent }: UpstreamRequest, outcome: WriteOutcome): WriteOutcome | undefined {
  return intent === "write" ? outcome : undefined;
}
