export { createLogger, writingLater } from "./logger.js";
export type { Logger, WriteLater } from "./logger.js";
export { prettyLines } from "./pretty-lines.js";
export { droppedLogLines } from "./standard-output.js";
