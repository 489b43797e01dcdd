import { ApolloServer } from "@apollo/server";
import type { ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";

import type { Config } from "../config.js";
import type { GatewayContext } from "../graphql/context.js";
import { formatError } from "../graphql/errors/format-error.js";
import { buildSchema } from "../graphql/schema.js";
import type { Logger } from "../logger.js";
import { legacyStatusPlugin } from "./plugins/legacy-status.plugin.js";
import { requestErrorsPlugin } from "./plugins/request-errors.plugin.js";

/** Apollo Server around the schema, without what costs and is not used. */
export function createApollo(config: Config, logger: Logger): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    schema: buildSchema(),
    formatError,
    introspection: !config.production,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    logger,
    plugins: [requestErrorsPlugin(logger), legacyStatusPlugin(), landingPage(config), ...unused()],
  });
}

function landingPage({ production }: Config): ApolloServerPlugin<GatewayContext> {
  return production
    ? ApolloServerPluginLandingPageDisabled()
    : ApolloServerPluginLandingPageLocalDefault({ footer: false });
}

/** Cache control alone instruments every field, which doubles the cost of an execution. */
function unused(): ApolloServerPlugin<GatewayContext>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
