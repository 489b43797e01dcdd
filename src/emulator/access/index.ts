export { AccessTokens } from "./access.js";
export type { Client, Grant, LoginUser } from "./access.js";
export { ApiKeys } from "./api-keys.js";
export type { ApiKey } from "./api-keys.js";
export { LoginAttempts } from "./login-attempts.js";
export { readOauthHeader } from "./oauth-signature.js";
