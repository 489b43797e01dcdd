import type { IncomingMessage } from "node:http";

import type { GatewayContext } from "../graphql/index.js";

/** What the front of the server has done of a request before it went on to Fastify. */
export interface EarlyRequest {
  /** The whole body, which cannot be read again. */
  readonly body: Buffer;
  /** Whether it has a place in flight. */
  readonly hasPlace: boolean;
  /** Undefined where the operation was not run. */
  readonly run: EarlyRun | undefined;
}

/** The operation was run, in a span that is still open. */
export interface EarlyRun {
  /** What was loaded by then, and what failed, need not be asked for again. */
  readonly context: GatewayContext;
  /** To be told when the request is answered. */
  readonly ended: () => void;
}

/** The requests that the front began and Fastify is to answer. */
export type EarlyRequests = WeakMap<IncomingMessage, EarlyRequest>;
