import { isNativeError } from "node:util/types";

import { errors } from "undici";

import type { AbortSignalLike } from "../../lib/index.js";
import { CallCancelled, DeadlinePassed, faultOfAbort } from "./call-context.js";
import type { UpstreamFault } from "./upstream-error.js";

const statusFaults: Readonly<Record<number, UpstreamFault>> = {
  400: "bad-request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  412: "conflict",
  429: "rate-limited",
};

/** What a status that is no success means; one that the contract does not name is `invalid-response`. */
export function faultOfStatus(status: number): UpstreamFault {
  if (status >= 500 && status <= 599) return "server-error";
  return statusFaults[status] ?? "invalid-response";
}

/** A response that cannot be read: it is no HTTP, or not in its `Content-Encoding`. Holds no byte of the response. */
export class BrokenResponseError extends Error {
  override readonly name = "BrokenResponseError";

  constructor(
    readonly code: "BROKEN_HTTP" | "BROKEN_CONTENT_ENCODING",
    message: string,
  ) {
    super(message);
  }
}

/** What undici calls 101 Switching Protocols, and 100 Continue where it comes in several chunks. */
const refusedStatus = /^bad (?:response|upgrade)$/;

/**
 * Recognises undici's errors about broken HTTP. Parser errors are recognised by their class: they have no code, and hold bytes
 * of the response, which must not reach a log or a caller.
 *
 * @returns undefined where the error is about something else
 */
export function asBrokenResponse(error: unknown): BrokenResponseError | undefined {
  if (error instanceof errors.HTTPParserError) return new BrokenResponseError("BROKEN_HTTP", error.message);
  if (error instanceof errors.SocketError && refusedStatus.test(error.message)) {
    return new BrokenResponseError("BROKEN_HTTP", "an interim response that was not asked for");
  }
  if (isNativeError(error) && "code" in error && error.code === "ERR_ASSERTION") {
    return new BrokenResponseError("BROKEN_HTTP", "an invalid status line");
  }
  return undefined;
}

/** A request that got no complete response. */
export interface FailedRequest {
  readonly cause: Error;
  /** Whether the request was given to a connection: before that nothing of it was sent. */
  readonly isSent: boolean;
  /** The HTTP status, where the response broke off after it. */
  readonly status: number | undefined;
}

/** Codes of a response that breaks HTTP, its own encoding, or the HTTP client's limits. */
const brokenResponse = /^(BROKEN_|HPE_|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RESPONSE$)/;

/** undici's code of a body that ended before its `Content-Length`: the connection was closed in the middle of it. */
const shortBody = "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";

/** Node's and undici's codes of a request that is invalid itself: a bug of the gateway. */
const invalidRequest = /^(UND_ERR|ERR)_INVALID_/;

/**
 * What it means that there is no complete response.
 *
 * @param success the statuses whose response is useless when it is cut off
 * @returns undefined where it is a bug of the gateway
 */
export function faultOfFailure(
  { cause, status }: FailedRequest,
  signal: AbortSignalLike,
  success: readonly number[],
): UpstreamFault | undefined {
  const fault = faultOfError(cause, signal);
  // Without response headers, it is they that are wrong about the length.
  if (status === undefined) return codeOf(cause) === shortBody ? "invalid-response" : fault;
  if (fault !== "unavailable" && fault !== "invalid-response") return fault;
  // A refusal that was cut off or is broken is a refusal all the same.
  if (!success.includes(status)) return faultOfStatus(status);
  return fault === "unavailable" ? "cut-off" : fault;
}

function faultOfError(error: unknown, signal: AbortSignalLike): UpstreamFault | undefined {
  if (signal.reason instanceof DeadlinePassed || signal.reason instanceof CallCancelled) {
    return faultOfAbort(signal);
  }
  const code = codeOf(error);
  if (code === undefined || invalidRequest.test(code)) return undefined;
  return brokenResponse.test(code) && code !== shortBody ? "invalid-response" : "unavailable";
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
