export { apiKeys, clients, loginUsers, seedTokens } from "./access.js";
export { createAgentSource } from "./agents.js";
export { mainAccountReasons, secondAccountReasons } from "./reasons.js";
export * from "./seed.js";
