import type { IncomingMessage, ServerResponse } from "node:http";

import type { GatewayContext } from "../graphql/index.js";
import { inOperationSpan, traceContextOf } from "../observability/index.js";
import type { InFlight } from "./in-flight.js";
import { contextOf } from "./request-context.js";
import type { ContextParts } from "./request-context.js";

/** What the scope of every request is made with. */
export interface ScopeParts extends ContextParts {
  readonly inFlight: InFlight;
}

/** What belongs to one request: each part is made once, by whoever comes to it first. */
export class RequestScope {
  /** The whole body, where it was read already: it cannot be read again. */
  body: Buffer | undefined;
  #context: GatewayContext | undefined;
  #hasPlace = false;
  #endSpan: (() => void) | undefined;

  constructor(
    private readonly parts: ScopeParts,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {}

  /** What the resolvers of the request share. Its time runs from the first use on. */
  get context(): GatewayContext {
    return (this.#context ??= contextOf(this.parts, this.request, this.response));
  }

  /**
   * Takes a place among the requests in flight, once the body is there.
   *
   * @returns whether it has one
   */
  takePlace(): boolean {
    return (this.#hasPlace ||= this.parts.inFlight.enter(this.response));
  }

  /** Gives the place back before the response ends: it goes on for as long as there are events. */
  leavePlace(): void {
    this.parts.inFlight.release(this.response);
  }

  /** Answers the request in its span, or goes on in the one that {@link handOver} keeps open. */
  inSpan<T>(answer: () => Promise<T>): Promise<T> {
    if (this.#endSpan !== undefined) return answer().finally(this.#endSpan);
    return inOperationSpan(traceContextOf(this.request.headers), answer);
  }

  /**
   * Lets another one answer the request, in the span that is open.
   *
   * @returns settled when the request is answered, or given up
   */
  handOver(goOn: () => void): Promise<void> {
    return new Promise((end) => {
      this.#endSpan = end;
      this.response.once("close", end);
      goOn();
    });
  }
}

const scopeKey = Symbol("request scope");

interface ScopedMessage extends IncomingMessage {
  [scopeKey]?: RequestScope | undefined;
}

/** The scope of a request, the same each time. */
export type ScopeOf = (request: IncomingMessage, response: ServerResponse) => RequestScope;

export function scopesWith(parts: ScopeParts): ScopeOf {
  return (request: ScopedMessage, response) =>
    (request[scopeKey] ??= new RequestScope(parts, request, response));
}
