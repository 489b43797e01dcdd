import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { internalError, isRetryable, overloadedError } from "../graphql/index.js";
import type { ErrorCode } from "../graphql/index.js";
import type { Logger } from "../observability/index.js";
import { requestIdHeader, requestIdsOf, traceContextOf } from "../observability/index.js";

/** Error codes, by HTTP status, of requests that are rejected before GraphQL sees them. */
const httpCodes: Readonly<Record<number, ErrorCode>> = {
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  408: "REQUEST_TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  431: "HEADERS_TOO_LARGE",
};

export interface HttpErrorExtensions {
  readonly code: ErrorCode;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** Why a request, or an operation over a WebSocket, is refused before anything of it is executed. */
export interface Refusal {
  /** Of the response. */
  readonly status: number;
  readonly message: string;
  /** `retryAfter`: in how many seconds the client may send it again. */
  readonly extensions: { readonly code: ErrorCode; readonly retryAfter: number };
}

/** More requests in flight than the gateway permits. */
export const overload: Refusal = {
  status: 503,
  message: overloadedError.message,
  extensions: { code: overloadedError.code, retryAfter: 1 },
};

/** A request that cannot be read, by a mistake of its caller. */
export class RequestError extends Error {
  /** @param headers of the response, in addition to the usual ones */
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Makes the response to every HTTP error JSON of GraphQL's shape, without internal details. */
export function registerHttpErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = statusOf(error);
    if (error instanceof RequestError) void reply.headers(error.headers);
    if (status >= 500) {
      const ids = requestIdsOf({ requestId: request.id, trace: traceContextOf(request.headers) });
      logger.error({ ...ids, err: error }, "request failed");
    }
    sendHttpError(request, reply, status, status >= 500 ? internalError.message : error.message);
  });
  app.setNotFoundHandler((request, reply) => {
    sendHttpError(request, reply, 404, "The path does not exist.");
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    done(null, reply.statusCode >= 400 ? withRequestId(payload, request.id) : payload);
  });
}

/** Responds to all methods that a path does not have with 405 and the list of those that it has. */
export function registerAllowedMethods(app: FastifyInstance, url: string, allowed: readonly string[]): void {
  const method = app.supportedMethods.filter((name) => !allowed.includes(name) && name !== "OPTIONS");
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    void reply.header("allow", allowed.join(", "));
    sendHttpError(request, reply, 405, `Use ${allowed.join(" or ")}.`);
  };
  // In `onRequest` too, so that the body is not read.
  app.route({ method, url, onRequest: refuse, handler: refuse });
}

/** Responds to a request whose URL is not valid. Fastify runs no hook for it, so the request id is set here. */
export function handleFrameworkError(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void reply.header(requestIdHeader, request.id);
  sendHttpError(request, reply, 400, "The URL is not valid.");
}

/** Refuses a request at once, instead of letting it wait. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  const { status, message, extensions } = refusal;
  void reply.header("retry-after", extensions.retryAfter);
  sendHttpError(request, reply, status, message, extensions);
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

/** The body of an error response outside GraphQL. */
export function httpError(
  status: number,
  message: string,
  requestId: string,
  extensions: HttpErrorExtensions = { code: codeOf(status) },
) {
  return errorBody(message, requestId, extensions);
}

/** The body of a response with one error, of a request that was not executed. */
export function errorBody(message: string, requestId: string, { code, ...others }: HttpErrorExtensions) {
  const extensions = { code, retryable: isRetryable(code), ...others, requestId };
  return { errors: [{ message, extensions }] };
}

function codeOf(status: number): ErrorCode {
  return status >= 500 ? internalError.code : (httpCodes[status] ?? "BAD_REQUEST");
}

function statusOf(error: FastifyError): number {
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 400) return statusCode;
  // The caller sent a `Host` or a path that does not form a URL.
  return error.code === "ERR_INVALID_URL" ? 400 : 500;
}

/**
 * Adds the request id to each error of a JSON response. Apollo creates no context for requests that it rejects before
 * execution, so its plugins cannot add the id to those.
 */
function withRequestId(payload: unknown, requestId: string): unknown {
  if (typeof payload !== "string" || !payload.startsWith('{"errors":')) return payload;
  const { errors, ...rest } = JSON.parse(payload) as { errors: { extensions?: object }[] };
  const identified = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return JSON.stringify({ errors: identified, ...rest });
}
