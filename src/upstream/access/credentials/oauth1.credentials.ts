import { randomBytes } from "node:crypto";

import type { Credentials } from "../../http/index.js";
import { gatewayRefused } from "../../http/index.js";
import type { GatewayKeys } from "./caller-access.js";
import { oauth1Header } from "./oauth1-signature.js";
import type { Oauth1Key } from "./oauth1-signature.js";

export interface Oauth1Options {
  readonly key: Oauth1Key;
  readonly keys: GatewayKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Signs each request with an OAuth 1.0a API key of the gateway. */
export function oauth1Credentials({ key, keys, now }: Oauth1Options): Credentials {
  const checkCaller: Credentials["checkCaller"] = (call, operation) => {
    keys.check(call, operation);
  };
  return {
    isOwn: true,
    checkCaller,
    checkAccess: checkCaller,
    authorize: (_call, request) => {
      const once = { nonce: randomBytes(16).toString("hex"), timestamp: Math.floor(now() / 1000) };
      const header = oauth1Header(key, request, once);
      return { header, secrets: [key.appKey, key.appSecret, key.accessToken, key.accessTokenSecret, header] };
    },
    refusal: gatewayRefused,
  };
}
