import type { IncomingMessage } from "node:http";

import type { GatewayContext } from "../../graphql/context.js";

/** What the front of the server has done of a request before it went on to Fastify. */
export interface EarlyRequest {
  /** The whole body, which cannot be read again. */
  readonly body: Buffer;
  /**
   * What the operation was run with, in a span that is still open: what was loaded by then, and what failed, need
   * not be asked for again. Undefined where it was not run.
   */
  readonly context: GatewayContext | undefined;
}

/** The requests that the front began and Fastify is to answer. */
export type EarlyRequests = WeakMap<IncomingMessage, EarlyRequest>;
