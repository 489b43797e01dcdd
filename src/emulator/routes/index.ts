export { agentViewRoutes } from "./agent-view.route.js";
export { controlRoutes } from "./control.route.js";
export { domainRoutes } from "./domain.route.js";
export { loginRoutes } from "./login.route.js";
export { sendRevisions } from "./revision-header.js";
export { statusReasonQueryRoutes } from "./status-reason-query.route.js";
export { statusReasonRoutes } from "./status-reason.route.js";
export { tokenRoutes } from "./token.route.js";
