import type { CallContext } from "../call-context.js";
import { UnsentCallError, UpstreamError } from "../upstream-error.js";
import type { ResilienceOptions } from "./options.js";
import { sleep } from "../../../lib/index.js";

/*
 * Not cockatiel's retry: that one sits out its back-off after the caller has left, and knows nothing of a
 * deadline that the next attempt would not meet.
 */

type Limits = Pick<ResilienceOptions, "maxAttempts" | "backoffBaseMs">;
type Waiting = Pick<CallContext, "signal" | "deadlineAtMs">;

/** A 5xx that passes; others, such as a 501, would only be said again. */
const passing: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504]);

/**
 * Makes attempts until one succeeds, fails for good or has no time left.
 *
 * @param attempt told which one it is, from 1; waits by itself where a 429 told the account to wait
 * @throws what the last attempt that was sent threw: that the next one was not sent says less
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
      if (attempts >= maxAttempts || !mayTryAgain(error)) throw error;
      if (!(await backOff(waiting, error, backoffMs(attempts, backoffBaseMs)))) throw error;
      lastSent = error;
    }
  }
}

/** Whether to send the same again. A write only where it certainly did not happen. */
function mayTryAgain(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  if (error.fault === "rate-limited") return true;
  if (error.operation.intent === "write")
    return error.fault === "unavailable" && error.outcome === "not-done";
  if (error.fault === "unavailable" || error.fault === "cut-off") return true;
  return error.fault === "server-error" && passing.has(error.status);
}

/** @returns whether the pause was kept; false where there is no time for it or nobody waits any more */
async function backOff(
  { signal, deadlineAtMs }: Waiting,
  error: UpstreamError,
  ms: number,
): Promise<boolean> {
  if (error.fault === "rate-limited") return !signal.aborted;
  return Date.now() + ms < deadlineAtMs && sleep(ms, signal);
}

/** Twice as long each time, and random in its upper half: who failed together must not come back together. */
function backoffMs(attempts: number, baseMs: number): number {
  return baseMs * 2 ** (attempts - 1) * (0.5 + Math.random() / 2);
}
