export { fastPath } from "./fast-path.js";
