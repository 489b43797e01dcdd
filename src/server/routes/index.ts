export { explorerPath, registerExplorer } from "./explorer.route.js";
export { graphqlPath, registerGraphql } from "./graphql.route.js";
export { registerHealth } from "./health.route.js";
export type { Readiness } from "./health.route.js";
export { registerHome } from "./home.route.js";
export type { HomeLink } from "./home.route.js";
export { registerMetrics } from "./metrics.route.js";
