import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { createContext } from "../graphql/index.js";
import type { ContextServices, GatewayContext, SubscriptionContext } from "../graphql/index.js";
import type { AbortSignalLike } from "../lib/index.js";
import { requestIdOf, traceContextOf } from "../observability/index.js";
import type { TraceHeaders } from "../observability/index.js";
import { CallBudget } from "../upstream/http/index.js";
import type { WorkInFlight } from "./work-in-flight.js";

/** The parts that the contexts of all requests are created from. */
export interface ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits">;
  readonly services: ContextServices;
  readonly work: WorkInFlight;
}

/** Who sends an operation. */
export interface Caller {
  /** The `Authorization` header; undefined if there is none. */
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

/** Creates the context that the resolvers of one HTTP request share. The request's deadline counts from this call. */
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
