import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";

import type { GatewayContext } from "../graphql/index.js";
import type { PrepareReport } from "../observability/index.js";
import type { AskedDocument } from "./operation-request.js";

/** What the fast path uses of a request; the server creates each part on first use. */
export interface HostedRequest {
  /** The whole body, kept for the server after the fast path has read it. */
  body: Buffer | undefined;
  readonly context: GatewayContext;
  /** @returns undefined where the request is admitted, else why it is not, which the server says */
  admit(): object | undefined;
  inSpan<T>(handle: () => Promise<T>): Promise<T>;
  /** @returns settled when the server has handled the request */
  passOn(next: () => void): Promise<void>;
}

/** What the fast path uses of the server. */
export interface FastPathHost {
  /** The path of the GraphQL endpoint. */
  readonly path: string;
  readonly prepareReport: PrepareReport;
  isDraining(): boolean;
  scopeOf(request: IncomingMessage, response: ServerResponse): HostedRequest;
  /** The text of the document that a request means; undefined: the server has to find or to refuse it. */
  documentText(asked: AskedDocument): string | undefined;
  readBody(request: IncomingMessage, stream: Readable, take: (body: Buffer | undefined) => void): void;
}
