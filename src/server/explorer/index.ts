export { findExplorerAssets } from "./explorer-assets.js";
export { explorerPage, explorerPolicy, explorerScript, explorerStyle } from "./explorer-page.js";
export { explorerPreset } from "./explorer-preset.js";
export type { ExplorerPreset } from "./explorer-preset.js";
