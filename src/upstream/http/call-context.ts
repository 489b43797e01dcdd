import type { TraceHeaders } from "../../observability/index.js";
import type { CallBudget } from "./call-budget.js";
import type { AbortSignalLike } from "../../lib/index.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** Who calls the upstream, until when and under which id: one for all the upstream work of one GraphQL request. */
export interface CallContext {
  /** The caller's `Authorization` header, passed on unchanged; undefined: the caller sent none. */
  readonly authorization: string | undefined;
  /** Sent on as `X-Request-ID`. */
  readonly requestId: string;
  /** Aborted with a {@link DeadlinePassed} or a {@link CallCancelled}. */
  readonly signal: AbortSignalLike;
  /** When `signal` says that the time is up, in epoch milliseconds: what cannot end before is not started. */
  readonly deadlineAtMs: number;
  /** What may still be asked of the upstream; undefined: anything. */
  readonly budget?: CallBudget | undefined;
  /** Counted up as the work goes on. */
  readonly stats?: CallStats | undefined;
  /**
   * Called with the operation that the call waits for before it can be sent, such as getting an access token, and with
   * nothing once that has ended: a timeout meanwhile is reported about that operation.
   */
  readonly awaits?: ((awaited?: () => UpstreamOperation) => void) | undefined;
  /** The caller's trace context, passed on. */
  readonly trace?: TraceHeaders | undefined;
}

/** What one GraphQL request cost the upstream. */
export interface CallStats {
  /** Requests sent, retries included. One that several callers share counts for the first of them. */
  upstreamCalls: number;
  /** Reads that got a 200, shared ones included: the upstream has accepted the caller. */
  readsAnswered: number;
}

/** The reason of an abort: the request's deadline has passed. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/** The reason of an abort: nobody waits for the response any more. */
export class CallCancelled extends Error {
  override readonly name = "CallCancelled";
}

/** What it means that a call was aborted. */
export function faultOfAbort({ reason }: Pick<AbortSignalLike, "reason">): "timeout" | "cancelled" {
  return reason instanceof DeadlinePassed ? "timeout" : "cancelled";
}

/**
 * Does work under a deadline of its own.
 *
 * @param timeoutMs in milliseconds from now; the timer keeps no process alive
 */
export async function withDeadline<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DeadlinePassed());
  }, timeoutMs).unref();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for work that other calls may wait for too; the work goes on when this call stops waiting.
 *
 * @throws UpstreamError `timeout` or `cancelled`, about the operation `awaited`, as soon as `signal` is aborted
 */
export async function waitFor<T>(
  work: Promise<T>,
  { signal, awaits }: Pick<CallContext, "signal" | "awaits">,
  awaited: () => UpstreamOperation,
): Promise<T> {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new UpstreamError(faultOfAbort(signal), awaited(), { cause: signal.reason }));
    };
  });
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  awaits?.(awaited);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
    awaits?.();
  }
}
