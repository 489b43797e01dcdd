import type { IncomingMessage, ServerResponse } from "node:http";

import type { GatewayContext } from "../graphql/index.js";
import { inOperationSpan, traceContextOf } from "../observability/index.js";
import type { Admission } from "./admission.js";
import type { Refusal } from "./http-errors.js";
import { contextOf } from "./request-context.js";
import type { ContextParts } from "./request-context.js";

/** What the scopes of all requests are created from. */
export interface ScopeParts extends ContextParts {
  readonly admission: Admission;
}

/** The state of one request. Each part is created on first use. */
export class RequestScope {
  /** The whole body, if it was read already: a stream cannot be read twice. */
  body: Buffer | undefined;
  #context: GatewayContext | undefined;
  #refusal: Refusal | "none" | undefined;
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
   * Admits the request, when its body is complete. Further calls return the same.
   *
   * @returns why it is refused; undefined: it is admitted
   */
  admit(): Refusal | undefined {
    this.#refusal ??= this.parts.admission.admit(this.request, this.response) ?? "none";
    return this.#refusal === "none" ? undefined : this.#refusal;
  }

  /** Makes room for other requests before the response ends: a stream goes on for as long as there are events. */
  release(): void {
    this.parts.admission.release(this.response);
  }

  /** Handles the request in its span, or in the one that {@link passOn} keeps open. */
  inSpan<T>(handle: () => Promise<T>): Promise<T> {
    if (this.#endSpan !== undefined) return handle().finally(this.#endSpan);
    return inOperationSpan(traceContextOf(this.request.headers), handle);
  }

  /**
   * Lets another listener handle the request in the open span.
   *
   * @returns settled when the request is handled or its response closes
   */
  passOn(next: () => void): Promise<void> {
    return new Promise((end) => {
      this.#endSpan = end;
      this.response.once("close", end);
      next();
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
