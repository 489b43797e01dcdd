export { Loaders } from "./loaders.js";
export { metricsToFilterBy, passingHere, statesToAsk } from "./live-agent-filter.js";
export type { LiveAgentFilter } from "./live-agent-filter.js";
