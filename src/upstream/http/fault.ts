import { CallCancelled, DeadlinePassed } from "./call-context.js";
import type { AbortSignalLike } from "../../lib/index.js";
import type { UpstreamFault } from "./upstream-error.js";
import type { NoWholeAnswer } from "./whole-answer.js";

/** What a status means; a status that no endpoint of the contract answers is off the contract. */
export function faultOfStatus(status: number): UpstreamFault {
  if (status >= 500 && status <= 599) return "server-error";
  return statusFaults[status] ?? "invalid-response";
}

const statusFaults: Readonly<Record<number, UpstreamFault>> = {
  400: "bad-request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  412: "conflict",
  429: "rate-limited",
};

/** An answer that breaks HTTP itself, its own encoding, or the HTTP client's limits. */
const brokenAnswer = /^(BROKEN_|HPE_|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RESPONSE$)/;

/** What it calls a body that ended before its `Content-Length`: the connection was closed in the middle of it. */
const shortBody = "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";

/** What Node and the HTTP client call a request that could not even be made. */
const ourMistake = /^(UND_ERR|ERR)_INVALID_/;

/**
 * What an error thrown instead of an answer means.
 *
 * @returns undefined where it is no failure of the network but a mistake of ours
 */
export function faultOfFailure(error: unknown, signal: AbortSignalLike): UpstreamFault | undefined {
  if (signal.reason instanceof DeadlinePassed || signal.reason instanceof CallCancelled) {
    return faultOfAbort(signal);
  }
  const code = codeOf(error);
  if (code === undefined || ourMistake.test(code)) return undefined;
  return brokenAnswer.test(code) && code !== shortBody ? "invalid-response" : "unavailable";
}

/**
 * What it means that there is no whole answer.
 *
 * @param success the statuses whose answer is worth nothing when it is cut off
 * @returns undefined where it is a mistake of ours
 */
export function faultOfBroken(
  { cause, status }: NoWholeAnswer,
  signal: AbortSignalLike,
  success: readonly number[],
): UpstreamFault | undefined {
  const fault = faultOfFailure(cause, signal);
  // Before there is a head, it is the head that is wrong about the length.
  if (status === undefined) return codeOf(cause) === shortBody ? "invalid-response" : fault;
  if (fault !== "unavailable" && fault !== "invalid-response") return fault;
  // The upstream did answer: a refusal that was cut off or is broken is a refusal all the same.
  if (!success.includes(status)) return faultOfStatus(status);
  return fault === "unavailable" ? "cut-off" : fault;
}

/** What it means that a call was aborted. */
export function faultOfAbort({ reason }: AbortSignalLike): "timeout" | "cancelled" {
  return reason instanceof DeadlinePassed ? "timeout" : "cancelled";
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
