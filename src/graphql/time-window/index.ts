export { DurationScalar } from "./duration.scalar.js";
export {
  TimeWindowArgs,
  WindowFrom,
  WindowLast,
  WindowTo,
  clockToleranceMs,
  isDefaultWindow,
  windowOf,
} from "./time-window.args.js";
