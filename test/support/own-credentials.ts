import { emulatorApiKeys, emulatorClients, emulatorTokens } from "../../src/emulator/seed/seed.js";

const { appKey, appSecret, accessToken, accessTokenSecret } = emulatorApiKeys.admin;

/** The settings of each kind of credentials of the gateway's own. Callers present the token that tests send anyway. */
export const ownCredentials = {
  oauth2: {
    CREDENTIALS: "oauth2",
    LP_CLIENT_ID: emulatorClients.admin.clientId,
    LP_CLIENT_SECRET: emulatorClients.admin.clientSecret,
    GATEWAY_API_KEYS: emulatorTokens.admin,
  },
  oauth1: {
    CREDENTIALS: "oauth1",
    LP_APP_KEY: appKey,
    LP_APP_SECRET: appSecret,
    LP_ACCESS_TOKEN: accessToken,
    LP_ACCESS_TOKEN_SECRET: accessTokenSecret,
    GATEWAY_API_KEYS: emulatorTokens.admin,
  },
} as const;
