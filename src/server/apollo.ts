import { ApolloServer } from "@apollo/server";
import type { ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { ParseOptions } from "graphql";

import type { Config } from "../config/index.js";
import type { GatewayContext } from "../graphql/index.js";
import {
  boundedFieldResolver,
  buildSchema,
  formatError,
  noIntrospectionRule,
  noSdlRule,
} from "../graphql/index.js";
import type { Logger, PrepareReport } from "../observability/index.js";
import { boundedDocuments } from "./bounded-stores.js";
import type { QueryTexts } from "./bounded-stores.js";
import type { DocumentRules } from "./documents/index.js";
import type { ExplorerPreset } from "./explorer/index.js";
import {
  landingPagePlugin,
  legacyStatusPlugin,
  limitsPlugin,
  nulledErrorsPlugin,
  operationLogPlugin,
  requestErrorsPlugin,
  subscriptionsPlugin,
} from "./plugins/index.js";
import { explorerPath } from "./routes/index.js";

/** The parts that Apollo Server is created from. */
export interface ApolloParts {
  readonly config: Config;
  readonly logger: Logger;
  /** The operation, variables and headers that explorers show first. */
  readonly preset: ExplorerPreset;
  readonly prepareReport: PrepareReport;
  readonly rules: DocumentRules;
  /** The texts of automatic persisted queries. */
  readonly queryTexts: QueryTexts;
  /** Plugins of the server's extensions. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[];
}

/** The schema, and what else a document has to be valid by. */
export function documentRules({ showsSdl, production, queryLimits: limits }: Config): DocumentRules {
  return {
    schema: buildSchema(),
    rules: [...(showsSdl ? [] : [noSdlRule]), ...(production ? [noIntrospectionRule] : [])],
    limits,
    parseOptions: tokenLimit(limits.maxTokens),
  };
}

/** Creates Apollo Server for the schema, without the plugins that the gateway does not use. */
export function createApollo(parts: ApolloParts): ApolloServer<GatewayContext> {
  const { config, logger, rules } = parts;
  return new ApolloServer<GatewayContext>({
    schema: rules.schema,
    formatError,
    // Disabled by a rule of the gateway's own, whose message says where the schema is.
    introspection: true,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: rules.parseOptions,
    fieldResolver: boundedFieldResolver(config.httpLimits.maxResponseBytes),
    validationRules: [...rules.rules],
    documentStore: boundedDocuments(),
    persistedQueries: { cache: parts.queryTexts },
    logger,
    plugins: [...Object.values(ownPlugins(parts)), ...parts.plugins, ...disabledPlugins()],
  });
}

/**
 * The server's own plugins by name. The fast path has to do what each of them does: a test fails for a plugin that it
 * does not know.
 */
export function ownPlugins({
  config,
  logger,
  preset,
  prepareReport,
}: Omit<ApolloParts, "plugins" | "rules" | "queryTexts">) {
  return {
    limits: limitsPlugin(config.queryLimits),
    nulledErrors: nulledErrorsPlugin(),
    requestErrors: requestErrorsPlugin(logger, config.httpLimits),
    legacyStatus: legacyStatusPlugin(),
    operationLog: operationLogPlugin(prepareReport),
    subscriptions: subscriptionsPlugin(),
    landingPage: landingPagePlugin(config, preset, explorerPath),
  } satisfies Record<string, ApolloServerPlugin<GatewayContext>>;
}

/** Two names of one option: graphql has the first since 16.15, and ignores unknown names. */
const tokenLimitNames = ["maxLexicalTokens", "maxTokens"];

function tokenLimit(maxTokens: number): ParseOptions {
  return Object.fromEntries(tokenLimitNames.map((name) => [name, maxTokens]));
}

/** Disables plugins that Apollo adds by default. Cache control wraps every field's resolver, which makes execution slow. */
function disabledPlugins(): ApolloServerPlugin<GatewayContext>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
