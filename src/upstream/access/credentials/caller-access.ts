import { createHash, timingSafeEqual } from "node:crypto";

import type { CallContext, Credentials, UpstreamOperation } from "../../http/index.js";
import { bearerPattern, UpstreamError } from "../../http/index.js";

export function isBearer(authorization: string | undefined): boolean {
  return bearerPattern.test(authorization ?? "");
}

/** @returns the token of an `Authorization` header; undefined where it holds no bearer token */
export function bearerToken(authorization: string | undefined): string | undefined {
  return bearerPattern.exec(authorization ?? "")?.[1];
}

/** The keys that callers present as their bearer token where the gateway has credentials of its own. */
export class GatewayKeys {
  readonly #digests: readonly Buffer[];

  constructor(keys: readonly string[]) {
    this.#digests = keys.map(digest);
  }

  /** @throws UpstreamError `unauthenticated` where the caller presents none of the keys */
  check({ authorization }: CallContext, operation: UpstreamOperation): void {
    const token = bearerToken(authorization);
    if (token !== undefined && this.#has(token)) return;
    throw new UpstreamError("unauthenticated", operation, {
      explanation:
        token === undefined
          ? "The Authorization header holds no bearer token: send one of this gateway's API keys as the bearer token."
          : "The bearer token is none of this gateway's API keys.",
    });
  }

  /** Constant time: digests have one length, and all are compared. */
  #has(token: string): boolean {
    const presented = digest(token);
    return this.#digests.map((known) => timingSafeEqual(known, presented)).includes(true);
  }
}

/** Restricts credentials to some accounts. The caller is checked first, so that strangers learn nothing of the list. */
export function forAccounts(credentials: Credentials, accounts: readonly string[]): Credentials {
  const allowed = new Set(accounts);
  return {
    ...credentials,
    checkAccess: (call, operation) => {
      credentials.checkAccess(call, operation);
      if (allowed.has(operation.accountId)) return;
      throw new UpstreamError("forbidden", operation, {
        explanation: `This gateway does not serve the account ${operation.accountId}.`,
      });
    },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
