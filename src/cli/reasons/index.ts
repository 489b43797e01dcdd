export { applyReasons } from "./apply.command.js";
export { exportReasons } from "./export.command.js";
export { planReasons } from "./plan.command.js";
