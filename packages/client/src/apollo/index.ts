export { createGatewayLink } from "./link.js";
export type { GatewayLinkOptions } from "./link.js";
export { typePolicies } from "./type-policies.js";
