import { Agent } from "undici";
import type { Dispatcher } from "undici";

import { faultOfFailure, faultOfStatus } from "./fault.js";
import type { UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly origin: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Far over what these services say; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 1024 * 1024;

/** Shorter than the idle time-out of common load balancers, so that they seldom hang up on us first. */
const keepAliveMs = 30_000;

/**
 * Keeps connections to each origin alive. Time is up when the signal of a request says so, not before.
 * It follows no redirect: an answer that points elsewhere would take the authorization with it.
 */
export function createDispatcher(): Agent {
  return new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    maxResponseSize: maxResponseBytes,
  });
}

/**
 * Sends one request and reads the whole answer.
 *
 * @param success the statuses whose answer is worth nothing when it is cut off
 * @throws UpstreamError where there is no whole answer
 */
export async function exchange(
  dispatcher: Dispatcher,
  operation: UpstreamOperation & { readonly success: readonly number[] },
  request: HttpRequest,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  const response = await begin(dispatcher, operation, request, signal);
  const { statusCode: status, headers } = response;
  try {
    return { status, headers, body: await response.body.text() };
  } catch (cause) {
    const fault = faultOfFailure(cause, signal);
    if (fault === undefined) throw cause;
    // The upstream did answer: that its connection broke in the middle makes the answer a broken one.
    const truncated = operation.success.includes(status) ? "invalid-response" : faultOfStatus(status);
    throw new UpstreamError(fault === "unavailable" ? truncated : fault, operation, { status, cause });
  }
}

async function begin(
  dispatcher: Dispatcher,
  operation: UpstreamOperation,
  { origin, method, path, headers, body = "" }: HttpRequest,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  try {
    const content = body === "" ? null : body;
    return await dispatcher.request({ origin, method, path, headers, body: content, signal });
  } catch (cause) {
    const fault = faultOfFailure(cause, signal);
    if (fault === undefined) throw cause;
    throw new UpstreamError(fault, operation, { cause });
  }
}
