import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { internalError, isRetryable, overloadedError } from "../graphql/index.js";
import type { ErrorCode } from "../graphql/index.js";
import type { Logger } from "../observability/index.js";
import { requestIdHeader } from "../observability/index.js";

/** Codes for what was refused before GraphQL saw it, by HTTP status. */
const httpCodes: Readonly<Record<number, ErrorCode>> = {
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  408: "REQUEST_TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  431: "HEADERS_TOO_LARGE",
};

interface HttpErrorExtensions {
  readonly code: ErrorCode;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** When a request that was turned away may come again, in seconds. */
const retryAfterSeconds = 1;

/** The answer to what there is no room for. */
export const overload = {
  status: 503,
  message: overloadedError.message,
  extensions: { code: overloadedError.code, retryAfter: retryAfterSeconds },
} as const;

/** A request that cannot be read, through its caller's doing. */
export class RequestProblem extends Error {
  /** @param headers what the answer says besides */
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Makes every HTTP error a GraphQL-shaped JSON answer that tells nothing of the inside. */
export function registerHttpErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = statusOf(error);
    if (error instanceof RequestProblem) void reply.headers(error.headers);
    if (status >= 500) logger.error({ requestId: request.id, err: error }, "request failed");
    sendHttpError(request, reply, status, status >= 500 ? internalError.message : error.message);
  });
  app.setNotFoundHandler((request, reply) => {
    sendHttpError(request, reply, 404, "There is nothing here.");
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    done(null, reply.statusCode >= 400 ? withRequestId(payload, request.id) : payload);
  });
}

/** Answers every method that a path does not have with 405 and the methods it has. */
export function registerAllowedMethods(app: FastifyInstance, url: string, allowed: readonly string[]): void {
  const method = app.supportedMethods.filter((name) => !allowed.includes(name) && name !== "OPTIONS");
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    void reply.header("allow", allowed.join(", "));
    sendHttpError(request, reply, 405, `Use ${allowed.join(" or ")}.`);
  };
  // Before the body is read: what is in it does not matter.
  app.route({ method, url, onRequest: refuse, handler: refuse });
}

/** Answers what Fastify could not even route: a URL that is none. No hook has run for it. */
export function answerFrameworkError(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void reply.header(requestIdHeader, request.id);
  sendHttpError(request, reply, 400, "The URL is not valid.");
}

export function sendHttpError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string,
  extensions?: HttpErrorExtensions,
): void {
  void reply.code(status).send(httpError(status, message, request.id, extensions));
}

/** The body of an answer to what GraphQL never saw. */
export function httpError(
  status: number,
  message: string,
  requestId: string,
  { code, ...others }: HttpErrorExtensions = { code: codeOf(status) },
) {
  const extensions = { code, retryable: isRetryable(code), ...others, requestId };
  return { errors: [{ message, extensions }] };
}

function codeOf(status: number): ErrorCode {
  return status >= 500 ? internalError.code : (httpCodes[status] ?? "BAD_REQUEST");
}

function statusOf(error: FastifyError): number {
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 400) return statusCode;
  // A `Host` or a path that makes no URL is the caller's mistake.
  return error.code === "ERR_INVALID_URL" ? 400 : 500;
}

/**
 * Apollo answers a request that it refuses before it is executed without a look at who sent it, so the
 * request id is put into such an answer here.
 */
function withRequestId(payload: unknown, requestId: string): unknown {
  if (typeof payload !== "string" || !payload.startsWith('{"errors":')) return payload;
  const { errors, ...rest } = JSON.parse(payload) as { errors: { extensions?: object }[] };
  const known = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return JSON.stringify({ errors: known, ...rest });
}
