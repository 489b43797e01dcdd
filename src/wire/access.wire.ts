/** `POST /api/account/{accountId}/login?v=1.3` on `agentVep`. Source: the vendor's Login Service API. */
export interface LoginWire {
  username: string;
  password: string;
}
