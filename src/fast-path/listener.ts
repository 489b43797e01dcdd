import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { requestIdHeader } from "../observability/index.js";
import { lengthOf } from "./compile/index.js";
import type { JsonText } from "./compile/index.js";
import type { CompiledOperations } from "./compiled-operations.js";
import type { FastPathHost, HostedRequest } from "./host.js";
import { operationRequestIn } from "./operation-request.js";
import type { AskedDocument } from "./operation-request.js";
import { chunksOf, measureChunks } from "./response-body.js";
import type { HeaderList, ResponseHeaderCache } from "./response-header-cache.js";

const noBody = Buffer.alloc(0);

export interface FastListenerOptions {
  readonly httpLimits: Config["httpLimits"];
  readonly host: FastPathHost;
  readonly operations: CompiledOperations;
  readonly headers: ResponseHeaderCache;
}

/** A request whose body was read, and how to pass it on. */
interface ReceivedRequest {
  readonly response: ServerResponse;
  readonly scope: HostedRequest;
  readonly next: () => void;
}

/**
 * Executes compiled operations in front of Fastify, whose routing, hooks and reply cost as much as the rest of a small
 * query. It passes on every request that it does not support, and every operation that fails.
 */
export class FastListener {
  constructor(private readonly options: FastListenerOptions) {}

  /** @param next Fastify's listener */
  wrap(next: RequestListener): RequestListener {
    const { host } = this.options;
    return (request, response) => {
      const headers = this.#headersFor(request);
      const passOn = (): void => {
        next(request, response);
      };
      if (headers === undefined) passOn();
      else {
        host.readBody(request, request, (body = noBody) => {
          const scope = host.scopeOf(request, response);
          scope.body = body;
          this.#handle({ response, scope, next: passOn }, body, headers);
        });
      }
    };
  }

  /** @returns undefined where the request is not supported, or no such request had a response yet */
  #headersFor({ method, url, headers }: IncomingMessage): HeaderList | undefined {
    const { host, httpLimits } = this.options;
    if (method !== "POST" || url !== host.path || host.isDraining()) return undefined;
    const length = Number(headers["content-length"]);
    const isWithinLimit = length > 0 && length <= httpLimits.maxBodyBytes;
    return isWithinLimit && headers["content-encoding"] === undefined
      ? this.options.headers.find(headers)
      : undefined;
  }

  readonly #textOf = (asked: AskedDocument): string | undefined => this.options.host.documentText(asked);

  #handle({ response, scope, next }: ReceivedRequest, body: Buffer, headers: HeaderList): void {
    // What is not admitted Fastify refuses.
    const parsed = scope.admit() === undefined ? operationRequestIn(body, this.#textOf) : undefined;
    const operation = parsed && this.options.operations.find(parsed);
    if (parsed === undefined || operation === undefined) {
      next();
      return;
    }
    // Hot path: one asynchronous function for all of it.
    void scope.inSpan(async () => {
      const { context } = scope;
      const { maxResponseBytes } = this.options.httpLimits;
      let text: JsonText | null | undefined;
      try {
        text = await operation.run(parsed.variables, context, maxResponseBytes);
        // Apollo refuses a response that is too long.
        if (text != null && lengthOf(text) > maxResponseBytes) text = undefined;
        if (text != null) operation.report(context);
      } catch {
        text = undefined;
      }
      // On failure, Apollo handles the request with the same context.
      if (text == null) await scope.passOn(next);
      else this.#send(response, headers, context.call.requestId, text);
    });
  }

  #send(response: ServerResponse, headers: HeaderList, requestId: string, text: JsonText): void {
    const chunks = chunksOf(text);
    const { length, encoding } = measureChunks(chunks);
    const own = [requestIdHeader, requestId, "content-length", String(length)];
    if (this.options.host.isDraining()) own.push("connection", "close");
    response.writeHead(200, headers.concat(own));
    for (const chunk of chunks) response.write(chunk, encoding);
    // Hot path: headers and text are written as one string here; `end` would append an empty one.
    response.socket?.uncork();
    response.end();
  }
}
