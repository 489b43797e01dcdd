import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";

import type { GatewayContext } from "../graphql/index.js";
import type { PrepareReport } from "../observability/index.js";

/** What the fast path uses of a request; the server makes each part once, whoever comes first. */
export interface HostedRequest {
  /** The whole body, for the server, where the fast path has read it. */
  body: Buffer | undefined;
  readonly context: GatewayContext;
  /** @returns whether the request has a place among those in flight */
  takePlace(): boolean;
  inSpan<T>(answer: () => Promise<T>): Promise<T>;
  /** @returns settled when the server has answered the request */
  handOver(goOn: () => void): Promise<void>;
}

/** What the fast path uses of the server. */
export interface FastPathHost {
  /** The path that GraphQL is at. */
  readonly path: string;
  readonly prepareReport: PrepareReport;
  isDraining(): boolean;
  scopeOf(request: IncomingMessage, response: ServerResponse): HostedRequest;
  readBody(request: IncomingMessage, stream: Readable, take: (body: Buffer | undefined) => void): void;
}
