export { composeLogin, composeUpstream } from "./connect-upstream.js";
export type { Upstream } from "./upstream.js";
