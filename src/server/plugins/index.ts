export { landingPagePlugin } from "./landing-page.plugin.js";
export { legacyStatusPlugin } from "./legacy-status.plugin.js";
export { limitsPlugin } from "./limits.plugin.js";
export { nulledErrorsPlugin } from "./nulled-errors.plugin.js";
export { operationLogPlugin } from "./operation-log.plugin.js";
export { requestErrorsPlugin } from "./request-errors.plugin.js";
export { subscriptionsPlugin } from "./subscriptions.plugin.js";
