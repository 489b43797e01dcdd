/** `POST /api/account/{accountId}/login?v=1.3` on `agentVep`. Source: the vendor's Login Service API. */
export interface LoginWire {
  username: string;
  password: string;
}

/** The answer to a login; there is more in it. */
export interface BearerWire {
  bearer: string;
}

/** `POST /sentinel/api/account/{accountId}/app/token?v=2.0` on `sentinel` (RFC 6749, 5.1). */
export interface AccessTokenWire {
  access_token: string;
  token_type: string;
  /** Seconds. */
  expires_in: number;
}
