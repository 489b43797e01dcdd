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
import { boundedFieldResolver, buildSchema, formatError, noSdlRule } from "../graphql/index.js";
import type { Logger, PrepareReport } from "../observability/index.js";
import { boundedDocuments, boundedTexts } from "./bounded-stores.js";
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

/** What Apollo is put together from. */
export interface ApolloParts {
  readonly config: Config;
  readonly logger: Logger;
  /** What explorers show first. */
  readonly preset: ExplorerPreset;
  readonly prepareReport: PrepareReport;
  /** Plugins of the server's extensions. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[];
}

/** Apollo Server around the schema, without what costs and is not used. */
export function createApollo(parts: ApolloParts): ApolloServer<GatewayContext> {
  const { config, logger } = parts;
  return new ApolloServer<GatewayContext>({
    schema: buildSchema(),
    formatError,
    introspection: !config.production,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: tokenLimit(config.queryLimits.maxTokens),
    fieldResolver: boundedFieldResolver(config.httpLimits.maxResponseBytes),
    validationRules: config.showsSdl ? [] : [noSdlRule],
    documentStore: boundedDocuments(),
    persistedQueries: { cache: boundedTexts() },
    logger,
    plugins: [...Object.values(ownPlugins(parts)), ...parts.plugins, ...unused()],
  });
}

/** The server's own plugins by name. One that is added here has to be heeded by the fast path: a test fails until it is. */
export function ownPlugins({ config, logger, preset, prepareReport }: Omit<ApolloParts, "plugins">) {
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

/** The names of one option: graphql knows the first from 16.15 on, and ignores a name that it does not know. */
const tokenLimitNames = ["maxLexicalTokens", "maxTokens"];

function tokenLimit(most: number): ParseOptions {
  return Object.fromEntries(tokenLimitNames.map((name) => [name, most]));
}

/** Cache control alone instruments every field, which doubles the cost of an execution. */
function unused(): ApolloServerPlugin<GatewayContext>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
