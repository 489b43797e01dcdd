export { apiKeys, clients, loginUsers, seedTokens } from "./access.js";
export { createAgentSource } from "./agents.js";
export { createPast } from "./past.js";
export { mainAccountReasons, secondAccountReasons } from "./reasons.js";
export * from "./seed.js";
