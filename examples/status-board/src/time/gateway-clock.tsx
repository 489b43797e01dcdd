import { createContext, use, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";

const NowContext = createContext(0);

interface Props {
  /** The latest `observedAt` of the data, in epoch milliseconds; 0 while there is none. */
  readonly observedAtMs: number;
  readonly children: ReactNode;
}

/**
 * Tells the time on the gateway's clock, in steps of a second. It goes by what the gateway said last and by the browser's
 * monotonic clock since then, so that times are right even if the browser's date is wrong. Data that arrives late, such as
 * that of an outage, does not set it back: the response that arrived fastest counts.
 */
export function GatewayClock({ observedAtMs, children }: Props) {
  const offsetMs = useRef(Infinity);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (observedAtMs === 0) return undefined;
    offsetMs.current = Math.min(offsetMs.current, performance.now() - observedAtMs);
    const tick = () => {
      setNow(performance.now() - offsetMs.current);
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [observedAtMs]);
  return <NowContext value={Math.max(now, observedAtMs)}>{children}</NowContext>;
}

/** The time on the gateway's clock, in epoch milliseconds. A component that uses it renders every second. */
export function useNow(): number {
  return use(NowContext);
}
