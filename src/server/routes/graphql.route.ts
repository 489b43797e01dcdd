import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";

import type { Config } from "../../config.js";
import { createContext } from "../../graphql/context.js";
import type { GatewayContext } from "../../graphql/context.js";
import type { Upstream } from "../../upstream/upstream.js";
import { registerAllowedMethods } from "../http-errors.js";
import { requestSignal } from "../request-signal.js";

export const graphqlPath = "/graphql";

/** `/graphql`: POST, and GET for queries and for the landing page. */
export function registerGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  upstream: Upstream,
  { upstreamTimeoutMs }: Config,
): void {
  const handler = fastifyApolloHandler(apollo, {
    context: (request, reply) =>
      Promise.resolve(
        createContext(upstream, {
          authorization: request.headers.authorization,
          requestId: request.id,
          signal: requestSignal(reply.raw, upstreamTimeoutMs),
          deadlineAtMs: Date.now() + upstreamTimeoutMs,
        }),
      ),
  });
  app.route({ method: ["GET", "POST"], url: graphqlPath, exposeHeadRoute: false, handler });
  registerAllowedMethods(app, graphqlPath, ["GET", "POST"]);
}
