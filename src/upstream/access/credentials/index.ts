export { callerCredentials } from "./caller.credentials.js";
export { forAccounts, GatewayKeys } from "./caller-access.js";
export { oauth1Credentials } from "./oauth1.credentials.js";
export { replaceableCredentials } from "./replaceable.credentials.js";
export { getAccessToken, oauth2Credentials } from "./oauth2.credentials.js";
export type { ClientCredentials, TokenIssuer } from "./oauth2.credentials.js";
