import type { output } from "zod";

import { flag, integer } from "./values.js";

/** What one GraphQL document may ask for; docs/limits.md has the reasons. */
export interface QueryLimits {
  /** Characters of the document. */
  readonly maxSource: number;
  /** Fields inside fields. */
  readonly maxDepth: number;
  readonly maxAliases: number;
  /** Fields of `Query` or `Mutation` itself. */
  readonly maxRootFields: number;
  readonly maxDirectives: number;
  /** Words and punctuation marks of the document; comments count too. */
  readonly maxTokens: number;
  /** Estimated values in the answer; an upstream record counts ten. */
  readonly maxCost: number;
  /** Upstream calls, each counted once however often it is tried. */
  readonly maxUpstreamCalls: number;
  /** Different accounts. */
  readonly maxAccounts: number;
}

/** What one HTTP client may take. Durations are in milliseconds, sizes in bytes. */
export interface HttpLimits {
  readonly maxBodyBytes: number;
  /** Of all bodies together that have not arrived whole. */
  readonly maxBodiesBytes: number;
  readonly maxHeaderBytes: number;
  /** Of an answer's JSON. */
  readonly maxResponseBytes: number;
  /** GraphQL requests at one time; more are turned away with a 503. */
  readonly maxInFlight: number;
  /** Of those, how many of one connection. */
  readonly maxPipelined: number;
  readonly maxConnections: number;
  /** Within which a client has to have sent its whole request. */
  readonly clientTimeoutMs: number;
  /** How long an idle connection is kept. */
  readonly keepAliveTimeoutMs: number;
}

/** How the gateway stops. Durations are in milliseconds. */
export interface ShutdownConfig {
  /** How long it goes on serving after it says that it is not ready. */
  readonly delayMs: number;
  /** How long what is in flight may take before it is cut. */
  readonly timeoutMs: number;
}

/** Subscriptions. */
export interface LiveConfig {
  /** Between two polls of one question, in milliseconds. */
  readonly intervalMs: number;
  readonly maxSubscriptions: number;
  /** Of one `Authorization`. */
  readonly maxPerToken: number;
}

/** What keeps the gateway up whoever calls it. */
export interface ProtectionConfig {
  readonly queryLimits: QueryLimits;
  readonly httpLimits: HttpLimits;
  readonly shutdown: ShutdownConfig;
  readonly live: LiveConfig;
  /** Whether an open upstream circuit makes the gateway not ready. */
  readonly readyzFailsOnOpenCircuit: boolean;
}

/** The variables of the protection, by their names; the descriptions are the documentation. */
export const protectionVariables = {
  QUERY_MAX_SOURCE: integer(1, 100_000_000)
    .default(65_536)
    .describe("How many characters a document may have."),
  QUERY_MAX_DEPTH: integer(1, 100).default(12).describe("How deep fields may nest."),
  QUERY_MAX_ALIASES: integer(0, 100_000).default(2000).describe("How many aliases an operation may have."),
  QUERY_MAX_ROOT_FIELDS: integer(1, 100_000)
    .default(1500)
    .describe("How many fields of Query or Mutation an operation may have."),
  QUERY_MAX_DIRECTIVES: integer(0, 100_000)
    .default(500)
    .describe("How many directives an operation may have."),
  QUERY_MAX_TOKENS: integer(1, 1_000_000)
    .default(30_000)
    .describe("How many words and punctuation marks a document may have."),
  QUERY_MAX_COST: integer(1, 1_000_000_000)
    .default(400_000)
    .describe("The greatest estimated cost of an operation."),
  QUERY_MAX_UPSTREAM_CALLS: integer(1, 1_000_000)
    .default(1_000)
    .describe("How many upstream calls an operation may need, retries not counted."),
  QUERY_MAX_ACCOUNTS: integer(1, 1_000_000)
    .default(100)
    .describe("How many accounts an operation may be about."),
  MAX_BODY_BYTES: integer(1, 100_000_000).default(1_048_576).describe("The largest body that is read."),
  MAX_BODIES_BYTES: integer(1, 10_000_000_000)
    .default(67_108_864)
    .describe("What bodies that have not arrived whole may take together; the oldest are given up past it."),
  MAX_HEADER_BYTES: integer(1024, 1_048_576).default(16_384).describe("The largest header that is read."),
  RESPONSE_MAX_BYTES: integer(1024, 1_000_000_000)
    .default(16_777_216)
    .describe("The largest answer that is sent."),
  MAX_REQUESTS_IN_FLIGHT: integer(1, 1_000_000)
    .default(1000)
    .describe("GraphQL requests at one time; more get a 503."),
  MAX_PIPELINED_REQUESTS: integer(1, 1_000_000)
    .default(64)
    .describe("GraphQL requests of one connection at one time; more get a 503."),
  MAX_CONNECTIONS: integer(1, 1_000_000)
    .default(5000)
    .describe("Connections at one time; past it, idle ones are closed for new ones."),
  CLIENT_TIMEOUT_MS: integer(100, 600_000)
    .default(15_000)
    .describe("Within which a client has to have sent its whole request, in milliseconds."),
  KEEP_ALIVE_TIMEOUT_MS: integer(1, 86_400_000)
    .default(620_000)
    .describe("How long an idle connection is kept, in milliseconds."),
  LIVE_INTERVAL_MS: integer(1000, 3_600_000)
    .default(5000)
    .describe("Between two polls of the upstream for subscriptions, in milliseconds."),
  LIVE_MAX_SUBSCRIPTIONS: integer(0, 1_000_000)
    .default(10_000)
    .describe("Subscriptions at one time; 0 turns them off."),
  LIVE_MAX_PER_TOKEN: integer(1, 1_000_000)
    .default(100)
    .describe("Subscriptions of one `Authorization` at one time."),
  SHUTDOWN_DELAY_MS: integer(0, 600_000)
    .default(0)
    .describe("How long it goes on serving after /readyz says that it stops, in milliseconds."),
  SHUTDOWN_TIMEOUT_MS: integer(0, 600_000)
    .default(15_000)
    .describe("How long requests in flight may take before they are cut, in milliseconds."),
  READYZ_FAILS_ON_OPEN_CIRCUIT: flag
    .default(false)
    .describe("Whether /readyz is 503 while the upstream's circuit is open."),
};

type ProtectionVariables = {
  [Name in keyof typeof protectionVariables]: output<(typeof protectionVariables)[Name]>;
};

export function protectionConfig(variables: ProtectionVariables): ProtectionConfig {
  return {
    queryLimits: {
      maxSource: variables.QUERY_MAX_SOURCE,
      maxDepth: variables.QUERY_MAX_DEPTH,
      maxAliases: variables.QUERY_MAX_ALIASES,
      maxRootFields: variables.QUERY_MAX_ROOT_FIELDS,
      maxDirectives: variables.QUERY_MAX_DIRECTIVES,
      maxTokens: variables.QUERY_MAX_TOKENS,
      maxCost: variables.QUERY_MAX_COST,
      maxUpstreamCalls: variables.QUERY_MAX_UPSTREAM_CALLS,
      maxAccounts: variables.QUERY_MAX_ACCOUNTS,
    },
    httpLimits: {
      maxBodyBytes: variables.MAX_BODY_BYTES,
      maxBodiesBytes: variables.MAX_BODIES_BYTES,
      maxHeaderBytes: variables.MAX_HEADER_BYTES,
      maxResponseBytes: variables.RESPONSE_MAX_BYTES,
      maxInFlight: variables.MAX_REQUESTS_IN_FLIGHT,
      maxPipelined: variables.MAX_PIPELINED_REQUESTS,
      maxConnections: variables.MAX_CONNECTIONS,
      clientTimeoutMs: variables.CLIENT_TIMEOUT_MS,
      keepAliveTimeoutMs: variables.KEEP_ALIVE_TIMEOUT_MS,
    },
    live: {
      intervalMs: variables.LIVE_INTERVAL_MS,
      maxSubscriptions: variables.LIVE_MAX_SUBSCRIPTIONS,
      maxPerToken: variables.LIVE_MAX_PER_TOKEN,
    },
    shutdown: { delayMs: variables.SHUTDOWN_DELAY_MS, timeoutMs: variables.SHUTDOWN_TIMEOUT_MS },
    readyzFailsOnOpenCircuit: variables.READYZ_FAILS_ON_OPEN_CIRCUIT,
  };
}
