import type { LightAbortSignal } from "./light-abort.js";

/** @returns whether the whole time has passed; false at once where `signal` is aborted */
export function sleep(durationMs: number, signal: LightAbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve(isOver);
    };
    const wake = (): void => {
      end(false);
    };
    const timer = setTimeout(end, durationMs, true);
    signal.addEventListener("abort", wake);
  });
}
