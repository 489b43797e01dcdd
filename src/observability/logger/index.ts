export { createLogger, prettyLines, writingLater } from "./logger.js";
export type { Logger, WriteLater } from "./logger.js";
export { droppedLogLines } from "./standard-output.js";
