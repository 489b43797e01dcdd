import { Readable } from "node:stream";

import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { QueryLimits } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import { refusesDocument } from "../documents/index.js";
import type { RequestedDocuments } from "../documents/index.js";
import type { ServerExtension } from "../extension.js";
import { registerAllowedMethods, sendRefusal } from "../http-errors.js";
import { refusesHostileSource } from "../request-checks.js";
import type { ScopeOf } from "../request-scope.js";
import { usualCacheControl } from "../security-headers.js";
import { acceptedFormat } from "../subscriptions/index.js";
import type { HttpStreams } from "../subscriptions/index.js";

export const graphqlPath = "/graphql";

/** The parts that handle a GraphQL request. */
export interface GraphqlParts {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly documents: RequestedDocuments;
  readonly queryLimits: QueryLimits;
  readonly scopeOf: ScopeOf;
  readonly extensions: readonly ServerExtension[];
  /** Serves those who take a response that goes on. */
  readonly streams: HttpStreams;
}

/** `/graphql`: POST, and GET for queries and for the landing page. */
export function registerGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  const { scopeOf, extensions } = parts;
  const handler = createHandler(app, parts);
  app.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    exposeHeadRoute: false,
    preParsing: (request, reply, payload, done) => {
      const { body } = scopeOf(request.raw, reply.raw);
      done(null, body === undefined ? payload : Readable.from([body]));
    },
    // After the body has arrived: a slot is not held while the caller still sends.
    preValidation: (request, reply, done) => {
      const refusal = scopeOf(request.raw, reply.raw).admit();
      if (refusal === undefined) done();
      else sendRefusal(request, reply, refusal);
    },
    handler,
    onResponse: (request, reply, done) => {
      // The headers of a stream tell nothing of those of other responses.
      const isJson = String(reply.getHeader("content-type")).includes("json");
      // Apollo sets it where a persisted query is not found, which tells nothing of other responses either.
      const isUsual = reply.getHeader("cache-control") === usualCacheControl;
      if (request.method === "POST" && reply.statusCode === 200 && isJson && isUsual) {
        for (const extension of extensions) extension.onResponse(request.headers, reply.getHeaders());
      }
      done();
    },
  });
  registerAllowedMethods(app, graphqlPath, ["GET", "POST"]);
}

/** Creates the handler, which passes requests to Apollo, or to a stream, in their context and span. */
function createHandler(app: FastifyInstance, parts: GraphqlParts) {
  const { apollo, documents, queryLimits, scopeOf, streams } = parts;
  const apolloHandler = fastifyApolloHandler(apollo, {
    context: (request, reply) => Promise.resolve(scopeOf(request.raw, reply.raw).context),
  });
  return (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (refusesHostileSource(request, reply, queryLimits) || refusesDocument(request, reply, documents)) {
      return Promise.resolve(reply);
    }
    const format = acceptedFormat(request.headers.accept);
    if (format !== undefined) return streams.serve(request, reply, format);
    return scopeOf(request.raw, reply.raw).inSpan(
      () => apolloHandler.call(app, request, reply) as Promise<unknown>,
    );
  };
}
