export { explorerPreset } from "./explorer/index.js";
export type { ExtensionHost, ServerExtension } from "./extension.js";
export { explorerPath } from "./routes/index.js";
export { startServer } from "./server.js";
export type { RunningServer } from "./server.js";
