import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config.js";
import { createContext } from "../graphql/context.js";
import type { GatewayContext } from "../graphql/context.js";
import type { Upstream } from "../upstream/upstream.js";
import type { Drain } from "./drain.js";
import { requestSignal } from "./request-signal.js";
import { traceContextOf } from "./trace-context.js";

/** What the context of every request is made with. */
export interface ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs">;
  readonly upstream: Upstream;
  readonly drain: Drain;
}

/** What the resolvers of one HTTP request share. Its time is running from now on. */
export function contextOf(
  { config: { upstreamTimeoutMs }, upstream, drain }: ContextParts,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): GatewayContext {
  return createContext(upstream, {
    authorization: request.headers.authorization,
    requestId,
    signal: requestSignal(response, upstreamTimeoutMs, drain),
    deadlineAtMs: Date.now() + upstreamTimeoutMs,
    stats: { upstreamCalls: 0 },
    trace: traceContextOf(request.headers),
  });
}
