import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";

import Fastify from "fastify";
import type { FastifyInstance, FastifyServerOptions } from "fastify";

import type { Config } from "../config.js";
import type { Logger } from "../logger.js";
import { answerClientError } from "./client-errors.js";
import { registerCors } from "./cors.js";
import { withExactVariables } from "./exact-variables.js";
import { answerFrameworkError, registerHttpErrors } from "./http-errors.js";
import { registerJsonBody } from "./json-body.js";
import { requestIdHeader, requestIdOf } from "./request-id.js";
import { registerSecurityHeaders } from "./security-headers.js";

/** Node looks for clients that are too slow at this interval at most, in milliseconds. */
const maxCheckIntervalMs = 5_000;

/** What sees a request first, and passes on to `onward` what it does not answer. */
export type Front = (onward: RequestListener) => RequestListener;

/** Fastify with all that is the same for every route. */
export async function createApp(config: Config, logger: Logger, front: Front): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...optionsOf(config),
    serverFactory: (onward) => serverOf(config, front(onward)),
  });
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header(requestIdHeader, request.id);
    done();
  });
  registerSecurityHeaders(app);
  await registerCors(app, config);
  registerHttpErrors(app, logger);
  registerJsonBody(app);
  return app;
}

function optionsOf({ httpLimits }: Config): FastifyServerOptions {
  return {
    genReqId: requestIdOf,
    requestIdHeader: false,
    rewriteUrl: ({ url = "/" }) => withExactVariables(url),
    bodyLimit: httpLimits.maxBodyBytes,
    // What still comes on an open connection is served: it is the connection's last, see `drain.ts`.
    return503OnClosing: false,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  };
}

function serverOf({ httpLimits, upstreamTimeoutMs }: Config, listener: RequestListener): Server {
  const { maxHeaderBytes, clientTimeoutMs, keepAliveTimeoutMs } = httpLimits;
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: clientTimeoutMs,
      requestTimeout: clientTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(Math.ceil(clientTimeoutMs / 4), maxCheckIntervalMs),
    },
    listener,
  );
  // Nothing moves while the upstream is waited for; after that, a client that does not read is cut.
  return server.setTimeout(upstreamTimeoutMs + clientTimeoutMs);
}
