import { useState } from "react";

import { failureOf } from "./gateway-failure.js";
import type { GatewayFailure } from "./gateway-failure.js";

/** A write that may fail, as a component sees it. */
export interface Attempt {
  readonly isRunning: boolean;
  /** Why the last try failed; undefined from the moment of the next one. */
  readonly failure: GatewayFailure | undefined;
  /** Runs a write; resolves to whether it succeeded. */
  readonly run: (write: () => Promise<unknown>) => Promise<boolean>;
}

/** Keeps track of writes: whether one runs, and why the last one failed. */
export function useAttempt(): Attempt {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<GatewayFailure>();
  const run = async (write: () => Promise<unknown>) => {
    setRunning(true);
    setFailure(undefined);
    try {
      await write();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, failure, run };
}
