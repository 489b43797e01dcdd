import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";

import Fastify from "fastify";
import type { FastifyInstance, FastifyServerOptions } from "fastify";

import type { Config } from "../config/index.js";
import { noRouteSchemas } from "../lib/index.js";
import type { Logger } from "../observability/index.js";
import { requestIdHeader, requestIdOf } from "../observability/index.js";
import { handleClientError } from "./client-errors.js";
import type { Connections } from "./connections.js";
import { registerCors } from "./cors.js";
import { hasValidHost } from "./host-header.js";
import { handleFrameworkError, registerHttpErrors, sendHttpError } from "./http-errors.js";
import { registerJsonBody, withExactVariables } from "./json-body.js";
import type { RequestBodies } from "./request-bodies.js";
import { registerSecurityHeaders } from "./security-headers.js";

/** Node looks for clients that are too slow at this interval at most, in milliseconds. */
const maxCheckIntervalMs = 5_000;

/** Puts a listener in front of another one, which gets the requests that the first does not handle. */
export type Wrap = (listener: RequestListener) => RequestListener;

/** The parts that the HTTP server and Fastify are built from. */
export interface AppParts {
  readonly wrap: Wrap;
  readonly connections: Connections;
  readonly bodies: RequestBodies;
}

/** Creates Fastify with everything that all routes share. */
export async function createApp(
  config: Config,
  logger: Logger,
  { wrap, connections, bodies }: AppParts,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...optionsOf(config),
    serverFactory: (onward) => {
      const server = serverOf(config, connections.listener(checkingHost(wrap(onward), onward)));
      connections.follow(server);
      return server;
    },
  });
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header(requestIdHeader, request.id);
    if (hasValidHost(request.raw)) done();
    else sendHttpError(request, reply, 400, "The Host header is not valid.");
  });
  registerSecurityHeaders(app);
  await registerCors(app, config);
  registerHttpErrors(app, logger);
  registerJsonBody(app, bodies, config.httpLimits.maxBodyBytes);
  return app;
}

/** Requests without a valid host go to Fastify, which rejects them. */
function checkingHost(front: RequestListener, onward: RequestListener): RequestListener {
  return (request, response) => {
    (hasValidHost(request) ? front : onward)(request, response);
  };
}

function optionsOf({ httpLimits }: Config): FastifyServerOptions {
  return {
    genReqId: requestIdOf,
    requestIdHeader: false,
    rewriteUrl: ({ url = "/" }) => withExactVariables(url),
    bodyLimit: httpLimits.maxBodyBytes,
    // Requests on open connections are still served; each is the connection's last, see `drain.ts`.
    return503OnClosing: false,
    frameworkErrors: handleFrameworkError,
    clientErrorHandler: handleClientError,
    schemaController: noRouteSchemas,
  };
}

function serverOf({ httpLimits, upstreamTimeoutMs }: Config, listener: RequestListener): Server {
  const { maxHeaderBytes, clientTimeoutMs, keepAliveTimeoutMs } = httpLimits;
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      // Validated below, and rejected with JSON.
      requireHostHeader: false,
      headersTimeout: clientTimeoutMs,
      requestTimeout: clientTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(Math.ceil(clientTimeoutMs / 4), maxCheckIntervalMs),
    },
    listener,
  );
  // A socket is idle while the upstream is waited for; after that, a client that does not read is disconnected.
  return server.setTimeout(upstreamTimeoutMs + clientTimeoutMs);
}
