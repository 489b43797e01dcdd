export { loginRoutes, tokenRoutes } from "./access.route.js";
export { agentActivityRoutes } from "./agent-activity.route.js";
export { agentViewRoutes } from "./agent-view.route.js";
export { controlRoutes } from "./control.route.js";
export { domainRoutes } from "./domain.route.js";
export { sendRevisions } from "./status-reason.protocol.js";
export { statusReasonQueryRoutes } from "./status-reason-query.route.js";
export { statusReasonRoutes } from "./status-reason.route.js";
