import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { ConnectionError } from "fastify";

import { httpError, overload } from "./http-errors.js";
import { newRequestId, requestIdHeader } from "../observability/index.js";

/** What Node calls a request that it could not read, where that is no plain 400. */
const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

const messages: Readonly<Record<number, string>> = {
  400: "The request is not valid HTTP.",
  408: "The request took too long to arrive.",
  431: "The request's headers are too large.",
};

/** Answers what is not even HTTP with JSON too, and closes the connection. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  if (socket.writable) socket.write(answerOf(statuses[error.code] ?? 400));
  // The error is the caller's: nobody here is to hear of it.
  socket.destroySoon();
}

/** Answers a request that has not arrived whole and that there is no room for, and closes the connection. */
export function answerOverload(socket: Socket): void {
  const requestId = newRequestId();
  const { status, message, extensions } = overload;
  const retryAfter = `retry-after: ${extensions.retryAfter}`;
  socket.write(
    answerWith(status, httpError(status, message, requestId, extensions), requestId, [retryAfter]),
  );
  socket.destroySoon();
}

/** Answers a request to become another protocol with an error, and closes the connection. */
export function answerUpgradeRefused(
  socket: Socket,
  status: number,
  message: string,
  requestId: string,
): void {
  socket.write(answerWith(status, httpError(status, message, requestId), requestId, []));
  socket.destroySoon();
}

/** Answers a request that there is no room for; its connection closes after that. */
export function endOverloaded(response: ServerResponse): void {
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

function answerOf(status: number): string {
  const requestId = newRequestId();
  return answerWith(status, httpError(status, messages[status] ?? "", requestId), requestId, []);
}

function answerWith(status: number, content: object, requestId: string, more: readonly string[]): string {
  const body = JSON.stringify(content);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `${requestIdHeader}: ${requestId}`,
    "connection: close",
    ...more,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
