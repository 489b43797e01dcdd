import { createAgent } from "./agents.js";
import type { UpstreamAgent } from "./agents.js";
import { faultOfBroken } from "./fault.js";
import type { AbortSignalLike } from "../../lib/index.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";
import { wholeAnswer } from "./whole-answer.js";

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly origin: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Far over what these services say; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 1024 * 1024;

/** Shorter than the idle time-out of common load balancers, so that they seldom hang up on us first. */
const keepAliveMs = 30_000;

/** A host that does not take a connection by then is not waited for. */
const connectTimeoutMs = 10_000;

/** Connections to the services that hand out hosts and authorization. */
export function createDispatcher(proxies?: Proxies): UpstreamAgent {
  return createAgent({ keepAliveMs, connectTimeoutMs, maxResponseSize: maxResponseBytes }, proxies);
}

/**
 * Sends one request and reads the whole answer.
 *
 * @param success the statuses whose answer is worth nothing when it is cut off
 * @throws UpstreamError where there is no whole answer
 */
export function exchange(
  dispatcher: UpstreamAgent,
  operation: UpstreamOperation & { readonly success: readonly number[] },
  request: HttpRequest,
  signal: AbortSignalLike,
): Promise<UpstreamResponse> {
  return wholeAnswer(dispatcher, request, signal, {
    maxBodyBytes: maxResponseBytes,
    errorOf: (failure) => {
      const { cause, status } = failure;
      const fault = faultOfBroken(failure, signal, operation.success);
      return fault === undefined ? cause : new UpstreamError(fault, operation, { status, cause });
    },
  });
}
