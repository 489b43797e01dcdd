import type { Refusal } from "./refreshing-cache.js";
import { UnsentCallError, UpstreamError } from "../http/index.js";

/** What a 429 of a service that is looked something up at means for those who look up the same next. */
export function pauseOf(error: unknown): Refusal | undefined {
  if (!(error instanceof UpstreamError) || error.retryAfterSeconds === undefined) return undefined;
  const { operation, retryAfterSeconds } = error;
  return {
    lastsMs: retryAfterSeconds * 1000,
    isPause: true,
    error: (remainingMs) =>
      new UnsentCallError("rate-limited", operation, { retryAfterSeconds: Math.ceil(remainingMs / 1000) }),
  };
}
