import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import type { Config } from "../config/index.js";
import { lengthOf } from "./compile/index.js";
import type { Written } from "./compile/index.js";
import type { GatewayContext } from "../graphql/index.js";
import type { ContextParts, Drain, InFlight, RequestBodies } from "../server/index.js";
import { contextOf, inOperationSpan, requestIdHeader, requestIdOf, traceContextOf } from "../server/index.js";
import type { AnswerHead, AnswerHeads } from "./answer-heads.js";
import { bodyPieces, measure } from "./body-pieces.js";
import type { EarlyRequest, EarlyRequests } from "./early-requests.js";
import type { KnownOperations } from "./known-operations.js";
import { operationRequestIn } from "./operation-request.js";

const noBody = Buffer.alloc(0);

/** What the front works with. */
export interface FrontParts extends ContextParts {
  readonly config: Pick<Config, "upstreamTimeoutMs" | "queryLimits" | "httpLimits">;
  readonly drain: Drain;
  /** The path that GraphQL is at. */
  readonly path: string;
  readonly known: KnownOperations;
  readonly heads: AnswerHeads;
  readonly early: EarlyRequests;
  readonly inFlight: InFlight;
  readonly bodies: RequestBodies;
}

/** A request whose body was read, and where to go with what is not answered here. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly onward: RequestListener;
}

/**
 * Answers known operations before Fastify has seen them: its routing, its hooks and its reply cost as much as all
 * the rest of a small query. Whatever is not as usual, about the request or its answer, goes on to Fastify.
 */
export class KnownFront {
  constructor(private readonly parts: FrontParts) {}

  /** @param onward Fastify */
  listener(onward: RequestListener): RequestListener {
    if (this.parts.known.isOff) return onward;
    return (request, response) => {
      const head = this.#headFor(request);
      if (head === undefined) {
        onward(request, response);
        return;
      }
      this.parts.bodies.read(request, request, (body = noBody) => {
        const exchange = { request, response, body, onward };
        // There is no room for it: that is Fastify's to say.
        if (this.parts.inFlight.enter(response)) this.#answer(exchange, head);
        else this.#goOn(exchange, { hasPlace: false, run: undefined });
      });
    };
  }

  #headFor({ method, url, headers }: IncomingMessage): AnswerHead | undefined {
    const { path, config, drain, heads } = this.parts;
    if (method !== "POST" || url !== path || drain.isDraining) return undefined;
    const length = Number(headers["content-length"]);
    const isBearable = length > 0 && length <= config.httpLimits.maxBodyBytes;
    return isBearable && headers["content-encoding"] === undefined ? heads.find(headers) : undefined;
  }

  #answer(exchange: Exchange, head: AnswerHead): void {
    const { request, response } = exchange;
    const { maxResponseBytes } = this.parts.config.httpLimits;
    const asked = operationRequestIn(exchange.body);
    const operation = asked && this.parts.known.find(asked);
    if (asked === undefined || operation === undefined) {
      this.#goOn(exchange, { hasPlace: true, run: undefined });
      return;
    }
    const context = contextOf(this.parts, request, response, requestIdOf(request));
    void inOperationSpan(traceContextOf(request.headers), async () => {
      let text: Written | null | undefined;
      try {
        text = await operation.run(asked.variables, context, maxResponseBytes);
        // Too long an answer is for Apollo to refuse.
        if (text != null && lengthOf(text) > maxResponseBytes) text = undefined;
        if (text != null) operation.report(context);
      } catch {
        text = undefined;
      }
      // What went wrong is for Apollo to tell, or for Fastify to bear.
      if (text == null) await this.#goOnWith(exchange, context);
      else this.#send(response, head, context.call.requestId, text);
    });
  }

  #goOn({ request, response, body, onward }: Exchange, begun: Omit<EarlyRequest, "body">): void {
    this.parts.early.set(request, { body, ...begun });
    onward(request, response);
  }

  /** The span that the operation is run in ends with the answer. */
  #goOnWith(exchange: Exchange, context: GatewayContext): Promise<void> {
    exchange.request.headers[requestIdHeader] = context.call.requestId;
    return new Promise((ended) => {
      this.#goOn(exchange, { hasPlace: true, run: { context, ended } });
    });
  }

  #send(response: ServerResponse, head: AnswerHead, requestId: string, text: Written): void {
    const pieces = bodyPieces(text);
    const { length, encoding } = measure(pieces);
    const own = [requestIdHeader, requestId, "content-length", String(length)];
    if (this.parts.drain.isDraining) own.push("connection", "close");
    response.writeHead(200, head.concat(own));
    for (const piece of pieces) response.write(piece, encoding);
    // Written now, head and text are one string; `end` would add an empty one to them, which is 2 µs slower.
    response.socket?.uncork();
    response.end();
  }
}
