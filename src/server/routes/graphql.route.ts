import { Readable } from "node:stream";

import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Config } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import { registerAllowedMethods } from "../http-errors.js";
import type { InFlight } from "../in-flight.js";
import type { AnswerHeads, EarlyRequests } from "../../fast-path/index.js";
import { inOperationSpan } from "../operation-span.js";
import { refusesPersistedQuery } from "../persisted-query-check.js";
import { contextOf } from "../request-context.js";
import type { ContextParts } from "../request-context.js";
import { refusesHostileSource } from "../source-check.js";
import { traceContextOf } from "../trace-context.js";

export const graphqlPath = "/graphql";

/** What answers a GraphQL request. */
export interface GraphqlParts extends ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits">;
  readonly apollo: ApolloServer<GatewayContext>;
  readonly inFlight: InFlight;
  readonly heads: AnswerHeads;
  readonly early: EarlyRequests;
}

/** `/graphql`: POST, and GET for queries and for the landing page. */
export function registerGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  const { early, heads, inFlight } = parts;
  const answer = answering(app, parts);
  app.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    exposeHeadRoute: false,
    preParsing: (request, _reply, payload, done) => {
      const body = early.get(request.raw)?.body;
      done(null, body === undefined ? payload : Readable.from([body]));
    },
    // The body is there by now: a place is for what can be answered, not for what its caller has yet to send.
    preValidation: (request, reply, done) => {
      if (early.get(request.raw)?.hasPlace === true || inFlight.enter(reply.raw)) done();
      else inFlight.turnAway(request, reply);
    },
    handler: (request, reply) => answer(request, reply),
    onResponse: (request, reply, done) => {
      const isUsual = request.method === "POST" && reply.statusCode === 200;
      if (isUsual) heads.learn(request.headers, reply.getHeaders());
      done();
    },
  });
  registerAllowedMethods(app, graphqlPath, ["GET", "POST"]);
}

/** Answers with Apollo, in the context and the span that a request which was begun already has. */
function answering(app: FastifyInstance, parts: GraphqlParts) {
  const contextFor = (request: FastifyRequest, reply: FastifyReply): GatewayContext =>
    parts.early.get(request.raw)?.run?.context ?? contextOf(parts, request.raw, reply.raw, request.id);
  const { queryLimits } = parts.config;
  const answerByApollo = fastifyApolloHandler(parts.apollo, {
    context: (request, reply) => Promise.resolve(contextFor(request, reply)),
  });
  return (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (refusesHostileSource(request, reply, queryLimits) || refusesPersistedQuery(request, reply)) {
      return Promise.resolve(reply);
    }
    const answer = (): Promise<unknown> => answerByApollo.call(app, request, reply) as Promise<unknown>;
    const begun = parts.early.get(request.raw)?.run;
    return begun === undefined
      ? inOperationSpan(traceContextOf(request.headers), answer)
      : answer().finally(begun.ended);
  };
}
