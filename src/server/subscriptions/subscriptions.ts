import type { Server } from "node:http";

import type { ApolloServer } from "@apollo/server";

import type { Config } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import type { Logger, Metrics } from "../../observability/index.js";
import type { Admission } from "../admission.js";
import type { Connections } from "../connections.js";
import type { RequestedDocuments } from "../documents/index.js";
import type { ContextParts } from "../request-context.js";
import type { ScopeOf } from "../request-scope.js";
import { HttpStreams } from "./http-streams.js";
import { defaultStreamTimes, OpenStreams } from "./open-streams.js";
import type { StreamTimes } from "./open-streams.js";
import { Operations } from "./operations.js";
import { Upgrades } from "./upgrades.js";
import { WebSocketProtocol } from "./websocket-protocol.js";

/** The parts that serve subscriptions. */
export interface SubscriptionParts extends Omit<ContextParts, "config"> {
  readonly config: Config;
  readonly apollo: ApolloServer<GatewayContext>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly connections: Connections;
  readonly admission: Admission;
  readonly scopeOf: ScopeOf;
  readonly documents: RequestedDocuments;
  /** The path of the GraphQL endpoint. */
  readonly path: string;
  /** Overrides {@link defaultStreamTimes}. */
  readonly times?: Partial<StreamTimes> | undefined;
}

/** Serves subscriptions over all transports. */
export interface Subscriptions {
  /** Serves streamed responses. */
  readonly http: HttpStreams;
  readonly open: OpenStreams;
  /** Serves the WebSocket upgrades of a server. */
  follow(server: Server): void;
}

/** Limit of concurrent operations on one WebSocket. */
const maxPerConnection = 100;

export function createSubscriptions(parts: SubscriptionParts): Subscriptions {
  const open = new OpenStreams();
  const operations = new Operations(parts);
  const times = { ...defaultStreamTimes, ...parts.times };
  const streamParts = { metrics: parts.metrics.streams, open, times };
  const protocol = new WebSocketProtocol({ ...parts, ...streamParts, operations, maxPerConnection });
  const upgrades = new Upgrades({ ...parts, protocol });
  return {
    http: new HttpStreams({ ...parts, ...streamParts, operations }),
    open,
    follow: (server) => {
      upgrades.follow(server);
    },
  };
}
