export {
  GatewayKeys,
  callerCredentials,
  forAccounts,
  getAccessToken,
  oauth1Credentials,
  oauth2Credentials,
  replaceableCredentials,
} from "./credentials/index.js";
export type { ClientCredentials, TokenIssuer } from "./credentials/index.js";
export { DiscoveredDirectory, DomainApi } from "./discovery/index.js";
export type { Loaded } from "./refreshing-cache.js";
