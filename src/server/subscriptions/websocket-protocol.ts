import type { IncomingMessage } from "node:http";

import { buildSchema, parse } from "graphql";
import { CloseCode, makeServer } from "graphql-ws";
import type { Context, Server, SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";

import type { Config } from "../../config/index.js";
import { internalError, isRetryable, sourceViolation } from "../../graphql/index.js";
import { isJsonObject } from "../../lib/index.js";
import type { AbortSource } from "../../lib/index.js";
import type { Logger } from "../../observability/index.js";
import { inOperationSpan, newRequestId } from "../../observability/index.js";
import type { Admission } from "../admission.js";
import type { Connections } from "../connections.js";
import type { RequestedDocuments } from "../documents/index.js";
import { errorBody, overload } from "../http-errors.js";
import type { HttpErrorExtensions } from "../http-errors.js";
import { callerOf } from "../request-context.js";
import type { Caller } from "../request-context.js";
import type { Operations } from "./operations.js";
import type { StreamParts } from "./stream-body.js";
import { WebSocketConnection } from "./websocket-connection.js";
import { askedIn, authorizationIn, exactText, textOf, withQuery } from "./websocket-message.js";
import { OperationRefused, WebSocketOperation } from "./websocket-operation.js";

/** The parts that serve WebSockets. */
export interface WebSocketParts extends StreamParts {
  readonly config: Pick<Config, "queryLimits" | "httpLimits">;
  readonly logger: Logger;
  readonly operations: Operations;
  readonly documents: RequestedDocuments;
  readonly connections: Connections;
  readonly admission: Admission;
  /** Limit of concurrent operations on one connection. */
  readonly maxPerConnection: number;
}

/** What graphql-ws stores with a connection. */
interface Extra {
  readonly connection: WebSocketConnection;
  readonly request: IncomingMessage;
}

type Ctx = Context<Record<string, unknown> | undefined, Extra>;

/** A placeholder: graphql-ws selects how to execute by the document, but here `execute` serves all operations. */
const anyOperation = {
  schema: buildSchema("type Query { any: Int }"),
  document: parse("{ any }"),
};

/** Serves `graphql-transport-ws`. graphql-ws enforces the protocol and closes the sockets of clients that violate it. */
export class WebSocketProtocol {
  readonly #server: Server<Extra>;

  constructor(private readonly parts: WebSocketParts) {
    this.#server = makeServer<Record<string, unknown> | undefined, Extra>({
      connectionInitWaitTimeout: parts.times.initMs,
      // A longer token could not have come in a header, nor be sent upstream in one.
      onConnect: ({ connectionParams }) =>
        (authorizationIn(connectionParams)?.length ?? 0) <= parts.config.httpLimits.maxHeaderBytes,
      onSubscribe: (ctx, id, payload) => ({
        ...anyOperation,
        contextValue: this.#operation(ctx, id, payload),
      }),
      execute: ({ contextValue }) => contextValue as WebSocketOperation,
      onError: (_ctx, _id, _payload, [error]) => this.#describe(error?.originalError ?? error),
    });
  }

  /** Serves a socket that has just been opened. */
  serve(socket: WebSocket, request: IncomingMessage): void {
    const { times, metrics, open, logger } = this.parts;
    const connection = new WebSocketConnection(socket, times, metrics);
    // A violation of the WebSocket protocol by the client: ws closes the socket with the right code.
    socket.on("error", () => undefined);
    const closed = this.#server.opened(
      {
        protocol: socket.protocol,
        send: (text) => connection.send(text),
        close: (code, reason) => {
          socket.close(code, reason);
        },
        onMessage: (onText) => {
          socket.on("message", (data) => {
            onText(withQuery(exactText(textOf(data)))).catch((err: unknown) => {
              logger.error({ err }, "unexpected error");
              socket.close(CloseCode.InternalServerError, internalError.message);
            });
          });
        },
      },
      { connection, request },
    );
    socket.once("close", (code, reason) => {
      open.remove(connection);
      connection.closed();
      void closed(code, String(reason));
    });
    open.add(connection);
  }

  #operation({ connectionParams, extra }: Ctx, id: string, payload: SubscribePayload): WebSocketOperation {
    const { connection, request } = extra;
    const { connections, maxPerConnection } = this.parts;
    const caller: Caller = {
      ...callerOf(request),
      authorization: authorizationIn(connectionParams) ?? request.headers.authorization,
      requestId: newRequestId(),
    };
    const send = (json: string): Promise<void> =>
      connection.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`);
    const isTooMany = connection.operations.size >= maxPerConnection;
    const operation = new WebSocketOperation({
      run: (left) => (isTooMany ? refuse(overload, caller) : this.#run(payload, caller, left)),
      sendResult: send,
      sendEvent: (json) => {
        this.parts.metrics.eventSent("websocket");
        return send(json);
      },
      onSubscription: () => {
        connection.operationChanged();
      },
      onEnd: () => {
        connections.countOperation(request.socket, -1);
        connection.ended(operation);
      },
    });
    connections.countOperation(request.socket, 1);
    connection.operations.add(operation);
    return operation;
  }

  async #run(payload: SubscribePayload, caller: Caller, left: AbortSource) {
    const { config, admission, operations, documents } = this.parts;
    const { query, operationName, variables } = payload;
    const hostile = sourceViolation(query, config.queryLimits);
    if (hostile !== undefined)
      refuse({ message: hostile, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }, caller);
    const document = documents.resolve(askedIn(payload), caller);
    if ("refusal" in document)
      refuse({ message: document.refusal, extensions: { code: document.code } }, caller);
    const refusal = admission.begin(caller.authorization);
    if (refusal !== undefined) refuse(refusal, caller);
    try {
      const request = {
        query: typeof document.query === "string" ? document.query : undefined,
        extensions: isJsonObject(document.extensions) ? document.extensions : undefined,
        operationName: operationName ?? undefined,
        variables: variables ?? undefined,
      };
      return await inOperationSpan(caller.trace, () =>
        operations.run(request, { caller, transport: "websocket" }, left),
      );
    } finally {
      admission.end();
    }
  }

  #describe(error: unknown) {
    if (error instanceof OperationRefused) return [...error.errors];
    this.parts.logger.error({ err: error }, "unexpected error");
    const { message, code } = internalError;
    return [{ message, extensions: { code, retryable: isRetryable(code) } }];
  }
}

function refuse(
  { message, extensions }: { message: string; extensions: HttpErrorExtensions },
  { requestId }: Caller,
): never {
  throw new OperationRefused(errorBody(message, requestId, extensions).errors);
}
