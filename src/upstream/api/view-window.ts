const minuteMs = 60_000;

/** The longest window that the agent view accepts. */
export const maxWindowMs = 24 * 60 * minuteMs;

/** How far back a window may begin. */
export const maxWindowAgeMs = 14 * maxWindowMs;

/**
 * The time that an agent view covers, in milliseconds: the last so many, or from one instant to another. `toMs` null: to
 * the time of the call.
 */
export type ViewWindow =
  { readonly lastMs: number } | { readonly fromMs: number; readonly toMs: number | null };

/** A window as it is sent and counted, in epoch milliseconds. */
export interface ViewTime {
  readonly from: number;
  readonly to: number;
}

/** The same text for the same window, whenever it is asked for. */
export function windowKey(window: ViewWindow): string {
  return "lastMs" in window ? `last ${window.lastMs}` : `from ${window.fromMs} to ${window.toMs ?? "now"}`;
}

/**
 * The time of a window that is asked for now. The upstream rounds it outward to whole minutes, so it begins with a minute;
 * it ends with one too unless that is not over yet. A window of 24 hours that begins within a minute begins with the
 * next, because rounded outward it would be too long.
 *
 * @param window default: the last 24 hours
 */
export function timeOf(window: ViewWindow | undefined, nowMs: number): ViewTime {
  const { fromMs, toMs } = boundsOf(window, nowMs);
  const end = ceilToMinute(toMs);
  return { from: Math.max(floorToMinute(fromMs), end - maxWindowMs), to: Math.min(end, nowMs) };
}

function boundsOf(
  window: ViewWindow = { lastMs: maxWindowMs },
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  if ("lastMs" in window) return { fromMs: nowMs - window.lastMs, toMs: nowMs };
  return { fromMs: window.fromMs, toMs: window.toMs ?? nowMs };
}

/** @returns epoch milliseconds */
export function floorToMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

function ceilToMinute(ms: number): number {
  return Math.ceil(ms / minuteMs) * minuteMs;
}
