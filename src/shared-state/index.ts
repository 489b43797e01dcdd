export { connectSharedState } from "./connect-shared-state.js";
export { singleCopy } from "./shared-state.js";
export type { ChangeListener, SharedState } from "./shared-state.js";
