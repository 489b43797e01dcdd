import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { requestIdHeader } from "../observability/index.js";
import type { AnswerHead, AnswerHeads } from "./answer-heads.js";
import { bodyPieces, measure } from "./body-pieces.js";
import { lengthOf } from "./compile/index.js";
import type { Written } from "./compile/index.js";
import type { FastPathHost, HostedRequest } from "./host.js";
import type { KnownOperation, KnownOperations } from "./known-operations.js";
import { operationRequestIn } from "./operation-request.js";
import type { OperationRequest } from "./operation-request.js";

const noBody = Buffer.alloc(0);

/** What the front works with. */
export interface FrontParts {
  readonly httpLimits: Config["httpLimits"];
  readonly host: FastPathHost;
  readonly known: KnownOperations;
  readonly heads: AnswerHeads;
}

/** A request whose body was read, and where to go with what is not answered here. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scope: HostedRequest;
  readonly goOn: () => void;
}

/**
 * Answers known operations before Fastify has seen them: its routing, its hooks and its reply cost as much as all
 * the rest of a small query. Whatever is not as usual, about the request or its answer, goes on to Fastify.
 */
export class KnownFront {
  constructor(private readonly parts: FrontParts) {}

  /** @param onward Fastify */
  listener(onward: RequestListener): RequestListener {
    const { host } = this.parts;
    return (request, response) => {
      const head = this.#headFor(request);
      const goOn = (): void => {
        onward(request, response);
      };
      if (head === undefined) goOn();
      else {
        host.readBody(request, request, (body = noBody) => {
          const scope = host.scopeOf(request, response);
          scope.body = body;
          this.#answer({ request, response, scope, goOn }, body, head);
        });
      }
    };
  }

  #headFor({ method, url, headers }: IncomingMessage): AnswerHead | undefined {
    const { host, httpLimits, heads } = this.parts;
    if (method !== "POST" || url !== host.path || host.isDraining()) return undefined;
    const length = Number(headers["content-length"]);
    const isBearable = length > 0 && length <= httpLimits.maxBodyBytes;
    return isBearable && headers["content-encoding"] === undefined ? heads.find(headers) : undefined;
  }

  #answer(exchange: Exchange, body: Buffer, head: AnswerHead): void {
    const { scope, goOn } = exchange;
    // Where there is no room for it, that is Fastify's to say.
    const asked = scope.takePlace() ? operationRequestIn(body) : undefined;
    const operation = asked && this.parts.known.find(asked);
    if (asked === undefined || operation === undefined) {
      goOn();
      return;
    }
    void scope.inSpan(async () => {
      const text = await this.#textOf(operation, asked, scope);
      // What went wrong is for Apollo to tell, with the same context, or for Fastify to bear.
      if (text === undefined) await scope.handOver(goOn);
      else this.#send(exchange.response, head, scope.context.call.requestId, text);
    });
  }

  async #textOf(
    { run, report }: KnownOperation,
    { variables }: OperationRequest,
    { context }: HostedRequest,
  ): Promise<Written | undefined> {
    const { maxResponseBytes } = this.parts.httpLimits;
    try {
      const text = await run(variables, context, maxResponseBytes);
      // Too long an answer is for Apollo to refuse.
      if (text == null || lengthOf(text) > maxResponseBytes) return undefined;
      report(context);
      return text;
    } catch {
      return undefined;
    }
  }

  #send(response: ServerResponse, head: AnswerHead, requestId: string, text: Written): void {
    const pieces = bodyPieces(text);
    const { length, encoding } = measure(pieces);
    const own = [requestIdHeader, requestId, "content-length", String(length)];
    if (this.parts.host.isDraining()) own.push("connection", "close");
    response.writeHead(200, head.concat(own));
    for (const piece of pieces) response.write(piece, encoding);
    // Written now, head and text are one string; `end` would add an empty one to them, which is 2 µs slower.
    response.socket?.uncork();
    response.end();
  }
}
