import { DeadlinePassed } from "./call-context.js";
import type { CallContext } from "./call-context.js";
import { faultOfFailure } from "./fault.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

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
 * Waits for work that others may wait for too: leaving does not disturb them.
 *
 * @throws UpstreamError `timeout` or `cancelled`, about what is `awaited`, as soon as `signal` is aborted
 */
export async function waitFor<T>(
  work: Promise<T>,
  { signal, awaits }: Pick<CallContext, "signal" | "awaits">,
  awaited: () => UpstreamOperation,
): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      const fault = faultOfFailure(signal.reason, signal) ?? "cancelled";
      reject(new UpstreamError(fault, awaited(), { cause: signal.reason }));
    };
  });
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave);
  awaits?.(awaited);
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener("abort", leave);
    awaits?.();
  }
}
