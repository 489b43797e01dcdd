import type { CallContext } from "../call-context.js";
import { UnsentCallError, UpstreamError } from "../upstream-error.js";
import type { ResilienceOptions } from "./options.js";
import { sleep } from "../../../lib/index.js";

/*
 * Not cockatiel's retry, which waits out its back-off after the call was aborted, and does not check whether the next
 * attempt can meet the deadline.
 */

type Limits = Pick<ResilienceOptions, "maxAttempts" | "backoffBaseMs">;
type Waiting = Pick<CallContext, "signal" | "deadlineAtMs">;

/** The 5xx that may be temporary; others, such as a 501, are permanent. */
const temporary: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504]);

/**
 * Makes attempts until one succeeds, fails permanently or the deadline allows no further one.
 *
 * @param attempt called with its number, from 1; waits itself for the pause after a 429
 * @throws the error of the last attempt that was sent, which says more than that the next one was not sent
 */
export async function retrying<T>(
  waiting: Waiting,
  { maxAttempts, backoffBaseMs }: Limits,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  let lastSent: UpstreamError | undefined;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt(attempts);
    } catch (error) {
      if (error instanceof UnsentCallError) throw lastSent ?? error;
      if (attempts >= maxAttempts || !isRetryable(error)) throw error;
      if (!(await backOff(waiting, error, backoffMs(attempts, backoffBaseMs)))) throw error;
      lastSent = error;
    }
  }
}

/** Whether to send the request again; a write only where it certainly did not happen. */
function isRetryable(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  if (error.fault === "rate-limited") return true;
  if (error.operation.intent === "write")
    return error.fault === "unavailable" && error.outcome === "not-done";
  if (error.fault === "unavailable" || error.fault === "cut-off") return true;
  return error.fault === "server-error" && temporary.has(error.status);
}

/** @returns whether to make the next attempt; false where there is no time for it, or the call was aborted */
async function backOff(
  { signal, deadlineAtMs }: Waiting,
  error: UpstreamError,
  ms: number,
): Promise<boolean> {
  if (error.fault === "rate-limited") return !signal.aborted;
  return Date.now() + ms < deadlineAtMs && sleep(ms, signal);
}

/** Exponential back-off with jitter in its upper half, so that calls that failed together do not retry together. */
function backoffMs(attempts: number, baseMs: number): number {
  return baseMs * 2 ** (attempts - 1) * (0.5 + Math.random() / 2);
}
