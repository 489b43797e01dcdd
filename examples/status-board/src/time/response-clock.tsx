import { createContext, use, useEffect, useState } from "react";
import type { ReactNode } from "react";

import { formatDuration } from "./format-duration.js";

const SecondsSinceResponse = createContext(0);

interface Props {
  /** The response's `observedAt`, as its identity: another one restarts the clock, a write to the cache does not. */
  readonly observedAt: string | undefined;
  readonly children: ReactNode;
}

/**
 * Counts the seconds since a response was received, by the browser's monotonic clock: a duration in the response grows by
 * them, even if the browser's date is wrong.
 */
export function ResponseClock({ observedAt, children }: Props) {
  const [clock, setClock] = useState({ observedAt, seconds: 0 });
  useEffect(() => {
    const receivedAtMs = performance.now();
    const timer = setInterval(() => {
      setClock({ observedAt, seconds: Math.floor((performance.now() - receivedAtMs) / 1000) });
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [observedAt]);
  const seconds = clock.observedAt === observedAt ? clock.seconds : 0;
  return <SecondsSinceResponse value={seconds}>{children}</SecondsSinceResponse>;
}

/** A duration as of the response, which counts on. */
export function Elapsed({ seconds }: { readonly seconds: number }) {
  return formatDuration(seconds + use(SecondsSinceResponse));
}
