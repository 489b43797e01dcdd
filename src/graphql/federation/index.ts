export { withFederation } from "./federation.js";
