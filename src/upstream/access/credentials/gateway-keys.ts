import { createHash, timingSafeEqual } from "node:crypto";

import type { CallContext, UpstreamOperation } from "../../http/index.js";
import { UpstreamError } from "../../http/index.js";
import { bearerToken } from "./bearer.js";

/** The keys that callers may present as their bearer where the gateway has credentials of its own. */
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
      explanation: "One of this gateway's API keys is needed as the bearer token.",
    });
  }

  /** Takes the same time whatever is presented: digests are of one length, and all are compared. */
  #has(token: string): boolean {
    const presented = digest(token);
    return this.#digests.map((known) => timingSafeEqual(known, presented)).includes(true);
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
