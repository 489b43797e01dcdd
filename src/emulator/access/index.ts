export { AccessTokens, LoginAttempts } from "./access.js";
export type { Client, Grant, LoginUser } from "./access.js";
export { ApiKeys } from "./api-keys.js";
export type { ApiKey } from "./api-keys.js";
export { readOauthHeader } from "./oauth-signature.js";
