import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { createContext } from "../graphql/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { CallBudget } from "../upstream/http/index.js";
import type { ContextServices } from "../graphql/index.js";
import { requestIdOf, traceContextOf } from "../observability/index.js";
import type { WorkInFlight } from "./work-in-flight.js";

/** What the context of every request is made with. */
export interface ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits">;
  readonly services: ContextServices;
  readonly work: WorkInFlight;
}

/** What the resolvers of one HTTP request share. Its time is running from now on. */
export function contextOf(
  { config: { upstreamTimeoutMs, queryLimits }, services, work }: ContextParts,
  request: IncomingMessage,
  response: ServerResponse,
): GatewayContext {
  return createContext(services, {
    authorization: request.headers.authorization,
    requestId: requestIdOf(request),
    signal: work.begin(response),
    deadlineAtMs: Date.now() + upstreamTimeoutMs,
    budget: new CallBudget(queryLimits),
    stats: { upstreamCalls: 0, readsAnswered: 0 },
    trace: traceContextOf(request.headers),
  });
}
