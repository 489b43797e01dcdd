import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Config } from "../../config.js";
import { createContext } from "../../graphql/context.js";
import type { GatewayContext } from "../../graphql/context.js";
import type { Metrics } from "../../metrics.js";
import type { Upstream } from "../../upstream/upstream.js";
import type { Drain } from "../drain.js";
import { registerAllowedMethods } from "../http-errors.js";
import { limitInFlight } from "../in-flight.js";
import { inOperationSpan } from "../operation-span.js";
import { requestSignal } from "../request-signal.js";
import { refuseHostileSource } from "../source-check.js";
import { traceContextOf } from "../trace-context.js";

export const graphqlPath = "/graphql";

/** What answers a GraphQL request. */
export interface GraphqlParts {
  readonly config: Config;
  readonly apollo: ApolloServer<GatewayContext>;
  readonly upstream: Upstream;
  readonly drain: Drain;
  readonly metrics: Metrics;
}

/** `/graphql`: POST, and GET for queries and for the landing page. */
export function registerGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  const { config, apollo, metrics } = parts;
  const answer = fastifyApolloHandler(apollo, {
    context: (request, reply) => Promise.resolve(contextOf(parts, request, reply)),
  });
  app.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    exposeHeadRoute: false,
    onRequest: limitInFlight(config.httpLimits.maxInFlight, metrics),
    preHandler: refuseHostileSource,
    handler: (request, reply) =>
      inOperationSpan(traceContextOf(request.headers), async () => answer.call(app, request, reply)),
  });
  registerAllowedMethods(app, graphqlPath, ["GET", "POST"]);
}

function contextOf(
  { config, upstream, drain }: GraphqlParts,
  request: FastifyRequest,
  reply: FastifyReply,
): GatewayContext {
  return createContext(upstream, {
    authorization: request.headers.authorization,
    requestId: request.id,
    signal: requestSignal(reply.raw, config.upstreamTimeoutMs, drain.cutSignal),
    deadlineAtMs: Date.now() + config.upstreamTimeoutMs,
    stats: { upstreamCalls: 0 },
    trace: traceContextOf(request.headers),
  });
}
