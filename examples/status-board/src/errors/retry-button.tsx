import { useEffect, useState } from "react";
import { Button } from "react-aria-components";

interface Props {
  /** How many seconds the gateway asks to wait. */
  readonly afterSeconds: number;
  readonly onRetry: () => void;
}

/** A button to try again, which counts down until the gateway lets one. */
export function RetryButton({ afterSeconds, onRetry }: Props) {
  const [left, setLeft] = useState(afterSeconds);
  useEffect(() => {
    const startedAtMs = performance.now();
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil(afterSeconds - (performance.now() - startedAtMs) / 1000)));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [afterSeconds]);
  return (
    <Button className="button" isDisabled={left > 0} onPress={onRetry}>
      {left > 0 ? `Try again in ${left} s` : "Try again"}
    </Button>
  );
}
