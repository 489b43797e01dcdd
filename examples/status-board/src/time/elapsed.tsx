import { formatDuration } from "./format-duration.js";
import { useNow } from "./gateway-clock.js";

/** The time since an instant on the gateway's clock, which counts on. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  return <span className="duration">{formatDuration((useNow() - sinceMs) / 1000)}</span>;
}
