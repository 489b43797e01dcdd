import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { createContext } from "../graphql/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { requestIdOf, traceContextOf } from "../observability/index.js";
import { CallBudget } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";
import type { WorkInFlight } from "./work-in-flight.js";

/** The parts that the contexts of all requests are created from. */
export interface ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits">;
  readonly upstream: Upstream;
  readonly work: WorkInFlight;
}

/** Creates the context that the resolvers of one HTTP request share. The request's deadline counts from this call. */
export function contextOf(
  { config: { upstreamTimeoutMs, queryLimits }, upstream, work }: ContextParts,
  request: IncomingMessage,
  response: ServerResponse,
): GatewayContext {
  return createContext(upstream, {
    authorization: request.headers.authorization,
    requestId: requestIdOf(request),
    signal: work.begin(response),
    deadlineAtMs: Date.now() + upstreamTimeoutMs,
    budget: new CallBudget(queryLimits),
    stats: { upstreamCalls: 0, readsAnswered: 0 },
    trace: traceContextOf(request.headers),
  });
}
