import { CallCancelled, DeadlinePassed } from "../../src/upstream/http/call-context.js";
import type { CallContext } from "../../src/upstream/http/call-context.js";

/** Somebody who calls the upstream, and may stop waiting. */
export interface UpstreamCaller {
  readonly call: CallContext & { readonly stats: { upstreamCalls: number } };
  /** Goes away. */
  leave(): void;
  /** Runs out of time. */
  expire(): void;
}

/** @param timeLeftMs what the caller's deadline is said to be; it does not pass by itself */
export function createCaller(token = "token", timeLeftMs = 60_000): UpstreamCaller {
  const controller = new AbortController();
  return {
    call: {
      authorization: `Bearer ${token}`,
      requestId: `request-of-${token}`,
      signal: controller.signal,
      deadlineAtMs: Date.now() + timeLeftMs,
      stats: { upstreamCalls: 0, readsAnswered: 0 },
    },
    leave: () => {
      controller.abort(new CallCancelled());
    },
    expire: () => {
      controller.abort(new DeadlinePassed());
    },
  };
}
