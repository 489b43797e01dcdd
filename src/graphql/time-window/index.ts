export { DurationScalar } from "./duration.scalar.js";
export { TimeWindowArgs, clockToleranceMs, isDefaultWindow, windowOf } from "./time-window.args.js";
