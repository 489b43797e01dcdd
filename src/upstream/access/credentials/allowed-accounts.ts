import { UpstreamError } from "../../http/index.js";
import type { Credentials } from "../../http/index.js";

/** The same credentials, for these accounts only. Who calls is looked at first, so that strangers learn nothing. */
export function forAccounts(credentials: Credentials, accounts: readonly string[]): Credentials {
  const allowed = new Set(accounts);
  return {
    ...credentials,
    admit: (call, operation) => {
      credentials.admit(call, operation);
      if (allowed.has(operation.accountId)) return;
      throw new UpstreamError("forbidden", operation, {
        explanation: `This gateway does not serve the account ${operation.accountId}.`,
      });
    },
  };
}
