import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from "node:http";
import type { Readable } from "node:stream";

import type { ApolloServerPlugin } from "@apollo/server";

import type { GatewayContext } from "../graphql/index.js";
import type { PrepareReport } from "../observability/index.js";
import type { AskedDocument } from "./documents/index.js";
import type { ScopeOf } from "./request-scope.js";

/** The headers of a response as Fastify has them. */
export type ResponseHeaders = Readonly<Record<string, string | number | string[] | undefined>>;

/** What the server lends to an extension. */
export interface ExtensionHost {
  /** The path that GraphQL is at. */
  readonly path: string;
  readonly prepareReport: PrepareReport;
  /** Whether the server is about to stop: each response is then the last one of its connection. */
  isDraining(): boolean;
  /** What belongs to a request, the same each time. */
  readonly scopeOf: ScopeOf;
  /** The text of the document that a request means; undefined: the server has to find or to refuse it. */
  documentText(asked: AskedDocument): string | undefined;
  /** Reads a body within the limits of the server; undefined: it is too large. */
  readBody(request: IncomingMessage, stream: Readable, take: (body: Buffer | undefined) => void): void;
}

/** Handles requests in front of the server: the one way to add something to it. */
export interface ServerExtension {
  /** Apollo plugins of its own. */
  plugins(host: ExtensionHost): ApolloServerPlugin<GatewayContext>[];
  /** Creates a listener in front of `listener`, which gets the requests that the extension does not handle. */
  wrap(listener: RequestListener, host: ExtensionHost): RequestListener;
  /** Called for each POST that the server responded to with 200, with the headers of both. */
  onResponse(request: IncomingHttpHeaders, response: ResponseHeaders): void;
}
