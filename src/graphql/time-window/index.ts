export { DurationScalar } from "./duration.scalar.js";
export { TimeWindowArgs, isDefaultWindow, windowOf } from "./time-window.args.js";
