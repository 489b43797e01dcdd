export { connectLogin, connectUpstream } from "./connect-upstream.js";
export type { Upstream } from "./upstream.js";
