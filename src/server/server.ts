import cors from "@fastify/cors";
import Fastify from "fastify";
import type { FastifyInstance } from "fastify";

import type { Config } from "../config.js";
import type { Logger } from "../logger.js";
import type { Upstream } from "../upstream/upstream.js";
import { createApollo } from "./apollo.js";
import { registerDrain } from "./drain.js";
import { withExactVariables } from "./exact-variables.js";
import { explorerPreset } from "./explorer/explorer-preset.js";
import { registerHttpErrors } from "./http-errors.js";
import { registerJsonBody } from "./json-body.js";
import { requestIdHeader, requestIdOf } from "./request-id.js";
import { registerExplorer } from "./routes/explorer.route.js";
import { graphqlPath, registerGraphql } from "./routes/graphql.route.js";
import { registerHealth } from "./routes/health.route.js";

/** The largest body that is read, in bytes. */
const bodyLimit = 1024 * 1024;

/** A gateway that serves. */
export interface Gateway {
  /** Where GraphQL is: `http://host:port/graphql`. */
  readonly url: string;
  /** Takes no new requests, lets what is in flight finish, and lets go of everything. */
  stop(): Promise<void>;
}

/**
 * Starts to serve GraphQL over `upstream`, which the caller keeps and closes.
 *
 * @param preset - what explorers show first
 */
export async function startGateway(
  config: Config,
  logger: Logger,
  upstream: Upstream,
  preset = explorerPreset(),
): Promise<Gateway> {
  const apollo = createApollo(config, logger, preset);
  await apollo.start();
  const app = await createApp(config, logger);
  const drain = registerDrain(app);
  registerHealth(app, drain);
  registerGraphql(app, apollo, upstream, config);
  registerExplorer(app, config, preset);
  await app.listen({ host: config.host, port: config.port });
  const url = `${originOf(app)}${graphqlPath}`;
  logger.info({ url }, `serving GraphQL at ${url}`);
  return {
    url,
    stop: async () => {
      drain.begin();
      await app.close();
      await apollo.stop();
    },
  };
}

async function createApp(config: Config, logger: Logger): Promise<FastifyInstance> {
  const app = Fastify({
    genReqId: requestIdOf,
    requestIdHeader: false,
    rewriteUrl: ({ url = "/" }) => withExactVariables(url),
    bodyLimit,
  });
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header(requestIdHeader, request.id);
    done();
  });
  await app.register(cors, corsOptions(config));
  registerHttpErrors(app, logger);
  registerJsonBody(app);
  return app;
}

function corsOptions({ corsOrigins }: Config) {
  const origin = corsOrigins === "any" ? "*" : [...corsOrigins];
  return { origin, methods: ["GET", "POST"], exposedHeaders: [requestIdHeader], maxAge: 600 };
}

function originOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
