import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { ConnectionError } from "fastify";

import { newRequestId, requestIdHeader } from "../observability/index.js";
import { httpError, overload } from "./http-errors.js";

/** Statuses by Node's error codes for requests that it cannot read; 400 for all others. */
const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

const messages: Readonly<Record<number, string>> = {
  400: "The request is not valid HTTP.",
  408: "The request took too long to arrive.",
  431: "The request's headers are too large.",
};

/** Responds with JSON to input that Node cannot read as HTTP, and closes the connection. */
export function handleClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  if (socket.writable) socket.write(errorResponse(statuses[error.code] ?? 400));
  // `destroySoon` without the error: the client caused it, so it is not logged.
  socket.destroySoon();
}

/** Rejects, for overload, a request that has not arrived whole: writes the response to its socket and closes that. */
export function sendOverloadTo(socket: Socket): void {
  const requestId = newRequestId();
  const { status, message, extensions } = overload;
  const retryAfter = `retry-after: ${extensions.retryAfter}`;
  socket.write(
    rawResponse(status, httpError(status, message, requestId, extensions), requestId, [retryAfter]),
  );
  socket.destroySoon();
}

/** Rejects an upgrade with an error, and closes the connection. */
export function sendUpgradeRefusal(socket: Socket, status: number, message: string, requestId: string): void {
  socket.write(rawResponse(status, httpError(status, message, requestId), requestId, []));
  socket.destroySoon();
}

/** Rejects a request for overload; its connection closes after the response. */
export function sendOverload(response: ServerResponse): void {
  const requestId = newRequestId();
  const { status, message, extensions } = overload;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "retry-after": String(extensions.retryAfter),
    [requestIdHeader]: requestId,
    connection: "close",
  });
  response.end(JSON.stringify(httpError(status, message, requestId, extensions)));
}

function errorResponse(status: number): string {
  const requestId = newRequestId();
  return rawResponse(status, httpError(status, messages[status] ?? "", requestId), requestId, []);
}

function rawResponse(
  status: number,
  body: object,
  requestId: string,
  extraHeaders: readonly string[],
): string {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
    `${requestIdHeader}: ${requestId}`,
    "connection: close",
    ...extraHeaders,
  ];
  return `${head.join("\r\n")}\r\n\r\n${text}`;
}
