export { DurationScalar } from "./duration.scalar.js";
export { TimeWindowArgs, windowOf } from "./time-window.args.js";
