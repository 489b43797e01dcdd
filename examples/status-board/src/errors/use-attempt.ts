import { use, useState } from "react";

import { failureOf } from "./gateway-failure.js";
import type { GatewayFailure } from "./gateway-failure.js";
import { WriteAccessContext } from "./write-access.js";

/** The state of a write in a component. */
export interface Attempt {
  readonly isRunning: boolean;
  /** Why the last write failed; undefined once the next one starts. */
  readonly failure: GatewayFailure | undefined;
  /** Forgets the failure. */
  readonly forget: () => void;
  /** Runs a write; resolves to whether it succeeded. */
  readonly run: (write: () => Promise<unknown>) => Promise<boolean>;
}

/** Tracks whether a write is running, and why the last one failed. */
export function useAttempt(): Attempt {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<GatewayFailure>();
  const { onRefused } = use(WriteAccessContext);
  const run = async (write: () => Promise<unknown>) => {
    setRunning(true);
    setFailure(undefined);
    try {
      await write();
      return true;
    } catch (error) {
      const reason = failureOf(error);
      setFailure(reason);
      if (reason.code === "FORBIDDEN") onRefused();
      return false;
    } finally {
      setRunning(false);
    }
  };
  const forget = () => {
    setFailure(undefined);
  };
  return { isRunning, failure, forget, run };
}
