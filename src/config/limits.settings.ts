import * as z from "zod";

import { bytes, flag, integer, milliseconds } from "./setting-types.js";

/** What one GraphQL operation may ask for; docs/limits.md has the reasons. */
export type QueryLimits = Readonly<z.output<typeof queryLimits>>;

/** What one HTTP client may take. */
export type HttpLimits = Readonly<z.output<typeof httpLimits>>;

export const queryLimits = z
  .object({
    maxSource: integer(1, 100_000_000)
      .default(65_536)
      .meta({ name: "QUERY_MAX_SOURCE", description: "Characters of a document." }),
    maxDepth: integer(1, 100)
      .default(12)
      .meta({ name: "QUERY_MAX_DEPTH", description: "How deep fields may nest." }),
    maxAliases: integer(0, 100_000)
      .default(2000)
      .meta({ name: "QUERY_MAX_ALIASES", description: "Aliases in an operation." }),
    maxRootFields: integer(1, 100_000).default(1500).meta({
      name: "QUERY_MAX_ROOT_FIELDS",
      description: "Fields of Query or Mutation in an operation.",
    }),
    maxDirectives: integer(0, 100_000)
      .default(500)
      .meta({ name: "QUERY_MAX_DIRECTIVES", description: "Directives in an operation." }),
    maxTokens: integer(1, 1_000_000).default(30_000).meta({
      name: "QUERY_MAX_TOKENS",
      description: "Words, punctuation marks and comments in a document.",
    }),
    maxCost: integer(1, 1_000_000_000).default(400_000).meta({
      name: "QUERY_MAX_COST",
      description:
        "The estimated cost of an operation: values in its result, an upstream record counting ten more.",
    }),
    maxUpstreamCalls: integer(1, 1_000_000).default(1_000).meta({
      name: "QUERY_MAX_UPSTREAM_CALLS",
      description: "Upstream calls of an operation, retries not counted.",
    }),
    maxAccounts: integer(1, 1_000_000)
      .default(100)
      .meta({ name: "QUERY_MAX_ACCOUNTS", description: "Distinct accounts in an operation." }),
  })
  .meta({ title: "Limits of an operation" });

export const httpLimits = z
  .object({
    maxBodyBytes: bytes(1, 100_000_000)
      .default(1_048_576)
      .meta({ name: "MAX_BODY_BYTES", description: "The largest request body." }),
    maxBodiesBytes: bytes(1, 10_000_000_000).default(67_108_864).meta({
      name: "MAX_BODIES_BYTES",
      description:
        "The size of all incomplete request bodies together; beyond it the oldest are refused with a 503.",
    }),
    maxHeaderBytes: bytes(1024, 1_048_576)
      .default(16_384)
      .meta({ name: "MAX_HEADER_BYTES", description: "The size of all headers of a request." }),
    maxResponseBytes: bytes(1024, 1_000_000_000)
      .default(16_777_216)
      .meta({ name: "RESPONSE_MAX_BYTES", description: "The largest response that is sent." }),
    maxInFlight: integer(1, 1_000_000).default(1000).meta({
      name: "MAX_REQUESTS_IN_FLIGHT",
      description: "Concurrent GraphQL requests; further ones get a 503.",
    }),
    maxPipelined: integer(1, 1_000_000).default(64).meta({
      name: "MAX_PIPELINED_REQUESTS",
      description: "Concurrent GraphQL requests of one connection; further ones get a 503.",
    }),
    maxOperationsPerMinute: integer(1, 100_000_000).optional().meta({
      name: "CALLER_MAX_OPERATIONS_PER_MINUTE",
      whenUnset: "no limit",
      description:
        "GraphQL operations in a minute with the same `Authorization`, over all copies that share a Redis; further ones get a 429.",
    }),
    maxConnections: integer(1, 1_000_000).default(5000).meta({
      name: "MAX_CONNECTIONS",
      description:
        "Open connections; beyond it, idle ones and those with an incomplete request are closed for new ones.",
    }),
    clientTimeoutMs: milliseconds(100, 600_000).default(15_000).meta({
      name: "CLIENT_TIMEOUT_MS",
      description: "How long a client may take to send a whole request.",
    }),
    keepAliveTimeoutMs: milliseconds(1, 86_400_000).default(620_000).meta({
      name: "KEEP_ALIVE_TIMEOUT_MS",
      description: "How long an idle connection is kept.",
    }),
  })
  .meta({ title: "Limits of a client" });

/** How the upstream is polled for subscriptions, and how many there may be. */
export type LiveConfig = Readonly<z.output<typeof live>>;

export const live = z
  .object({
    intervalMs: milliseconds(1000, 3_600_000).default(5000).meta({
      name: "LIVE_INTERVAL_MS",
      description: "Time between two polls of the upstream for the subscriptions to the same data.",
    }),
    maxSubscriptions: integer(0, 1_000_000).default(10_000).meta({
      name: "LIVE_MAX_SUBSCRIPTIONS",
      description: "Open subscriptions; 0 turns subscriptions off.",
    }),
    maxPerToken: integer(1, 1_000_000).default(100).meta({
      name: "LIVE_MAX_PER_TOKEN",
      description: "Open subscriptions with the same `Authorization`.",
    }),
  })
  .meta({ title: "Subscriptions" });

export const health = z
  .object({
    shutdownDelayMs: milliseconds(0, 600_000).default(0).meta({
      name: "SHUTDOWN_DELAY_MS",
      description: "How long the gateway goes on serving after `/readyz` reports that it is stopping.",
    }),
    shutdownTimeoutMs: milliseconds(0, 600_000).default(15_000).meta({
      name: "SHUTDOWN_TIMEOUT_MS",
      description: "How long requests in flight may take after that before they are cancelled.",
    }),
    readyzFailsOnOpenCircuit: flag.default(false).meta({
      name: "READYZ_FAILS_ON_OPEN_CIRCUIT",
      description: "Whether `/readyz` is 503 while an upstream circuit is open.",
    }),
  })
  .meta({ title: "Health and stopping" });
