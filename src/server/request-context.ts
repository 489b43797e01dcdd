import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { createContext } from "../graphql/index.js";
import type { GatewayContext, SubscriptionContext } from "../graphql/index.js";
import type { AbortSignalLike } from "../lib/index.js";
import { CallBudget } from "../upstream/http/index.js";
import type { ContextServices } from "../graphql/index.js";
import { requestIdOf, traceContextOf } from "../observability/index.js";
import type { TraceHeaders } from "../observability/index.js";
import type { WorkInFlight } from "./work-in-flight.js";

/** What the context of every request is made with. */
export interface ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits">;
  readonly services: ContextServices;
  readonly work: WorkInFlight;
}

/** Who sends an operation. */
export interface Caller {
  /** The caller's `Authorization`; undefined: there is none. */
  readonly authorization: string | undefined;
  readonly requestId: string;
  readonly trace: TraceHeaders;
}

export function callerOf(request: IncomingMessage): Caller {
  return {
    authorization: request.headers.authorization,
    requestId: requestIdOf(request),
    trace: traceContextOf(request.headers),
  };
}

/** What the resolvers of one HTTP request share. Its time is running from now on. */
export function contextOf(
  parts: ContextParts,
  request: IncomingMessage,
  response: ServerResponse,
): GatewayContext {
  return contextFor(parts, callerOf(request), parts.work.begin(response));
}

/** What the resolvers of one operation share. Its time is running from now on. */
export function contextFor(
  { config: { upstreamTimeoutMs, queryLimits }, services }: ContextParts,
  caller: Caller,
  signal: AbortSignalLike,
  subscription?: SubscriptionContext,
): GatewayContext {
  const call = {
    ...caller,
    signal,
    deadlineAtMs: Date.now() + upstreamTimeoutMs,
    budget: new CallBudget(queryLimits),
    stats: { upstreamCalls: 0, readsAnswered: 0 },
  };
  return createContext(services, call, subscription);
}
