import type { Config } from "../config/index.js";
import type { Logger, Metrics } from "../observability/index.js";
import { RedisSharedState } from "./redis-shared-state.js";
import { singleCopy } from "./shared-state.js";
import type { SharedState } from "./shared-state.js";

export interface SharedStateOptions {
  readonly config: Pick<Config, "sharedState">;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, "sharedState">;
  /** The longest pause of an account, in milliseconds. */
  readonly maxPauseMs: number;
}

/** Creates the shared state as it is configured. It does not wait for a connection. */
export async function connectSharedState({
  config: { sharedState },
  logger,
  metrics,
  maxPauseMs,
}: SharedStateOptions): Promise<SharedState> {
  if (sharedState.redis === undefined) return singleCopy;
  return RedisSharedState.start({
    redis: sharedState.redis,
    logger,
    metrics: metrics.sharedState,
    maxPauseMs,
  });
}
