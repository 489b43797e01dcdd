import { setTimeout } from "node:timers/promises";

/** @returns whether the whole time has passed; false at once where `signal` is aborted */
export async function sleep(durationMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(durationMs, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
