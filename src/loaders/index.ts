export { Loaders } from "./loaders.js";
