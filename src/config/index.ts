export { ConfigError, readConfig, variables } from "./config.js";
export type { Config, HttpLimits, QueryLimits, ShutdownConfig } from "./config.js";
export { describeConfig } from "./describe-config.js";
export { listening } from "./listening.js";
export type { ProxyConfig } from "./proxy.config.js";
export type { Secret } from "./secret.js";
export { withSettings } from "./settings.js";
export type { Environment, Settings } from "./settings.js";
