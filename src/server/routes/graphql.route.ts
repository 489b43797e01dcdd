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
import { KnownAnswers } from "../known-operations/answer-known.js";
import type { KnownOperations } from "../known-operations/known-operations.js";
import type { ReportOperation } from "../operation-report.js";
import { inOperationSpan } from "../operation-span.js";
import { requestSignal } from "../request-signal.js";
import { refusesHostileSource } from "../source-check.js";
import { traceContextOf } from "../trace-context.js";

export const graphqlPath = "/graphql";

/** What answers a GraphQL request. */
export interface GraphqlParts {
  readonly config: Config;
  readonly apollo: ApolloServer<GatewayContext>;
  readonly upstream: Upstream;
  readonly drain: Drain;
  readonly metrics: Metrics;
  readonly known: KnownOperations;
  readonly report: ReportOperation;
}

/** `/graphql`: POST, and GET for queries and for the landing page. */
export function registerGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  const { config, metrics } = parts;
  const answer = answering(app, parts);
  app.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    exposeHeadRoute: false,
    onRequest: limitInFlight(config.httpLimits.maxInFlight, metrics),
    handler: (request, reply) =>
      inOperationSpan(traceContextOf(request.headers), () => answer(request, reply)),
  });
  registerAllowedMethods(app, graphqlPath, ["GET", "POST"]);
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What is known is answered without Apollo; what is not, or does not go well, is for Apollo to answer. */
function answering(app: FastifyInstance, parts: GraphqlParts): Handler {
  const { apollo, config, known, report } = parts;
  const knownAnswers = new KnownAnswers({ known, limits: config.queryLimits, report });
  const contexts = new WeakMap<FastifyRequest, GatewayContext>();
  const answerByApollo = fastifyApolloHandler(apollo, {
    context: (request, reply) => Promise.resolve(contexts.get(request) ?? contextOf(parts, request, reply)),
  });
  return async (request, reply) => {
    const context = contextOf(parts, request, reply);
    const body = await knownAnswers.answer(request, reply, context);
    if (body !== undefined) return body;
    if (refusesHostileSource(request, reply)) return reply;
    // What was loaded so far, and what failed, need not be asked for again.
    contexts.set(request, context);
    const answer = await answerByApollo.call(app, request, reply);
    knownAnswers.learn(request, reply);
    return answer;
  };
}

function contextOf(
  { config, upstream, drain }: GraphqlParts,
  request: FastifyRequest,
  reply: FastifyReply,
): GatewayContext {
  return createContext(upstream, {
    authorization: request.headers.authorization,
    requestId: request.id,
    signal: requestSignal(reply.raw, config.upstreamTimeoutMs, drain),
    deadlineAtMs: Date.now() + config.upstreamTimeoutMs,
    stats: { upstreamCalls: 0 },
    trace: traceContextOf(request.headers),
  });
}
