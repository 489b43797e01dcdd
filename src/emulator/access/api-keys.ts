import type { Grant } from "./access.js";
import { expectedSignature } from "./oauth-signature.js";
import type { SignedRequest } from "./oauth-signature.js";

/** An OAuth 1.0a API key. */
export interface ApiKey {
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
  readonly grant: Grant;
}

/** The most that a timestamp may differ from the clock. */
const toleranceMs = 5 * 60 * 1000;

/** The known API keys, and the nonces that were used. */
export class ApiKeys {
  readonly #used = new Set<string>();

  constructor(
    private readonly keys: readonly ApiKey[],
    /** Epoch milliseconds. */
    private readonly now: () => number,
  ) {}

  /** The grant of the key that signed the request; undefined if the signature is wrong, expired or used before. */
  find(request: SignedRequest): Grant | undefined {
    const of = (name: string): string => request.parameters.get(`oauth_${name}`) ?? "";
    const key = this.keys.find(
      ({ appKey, accessToken }) => appKey === of("consumer_key") && accessToken === of("token"),
    );
    if (key === undefined || of("signature_method") !== "HMAC-SHA1") return undefined;
    if (of("signature") !== expectedSignature(request, key.appSecret, key.accessTokenSecret))
      return undefined;
    return this.#isFirstUse(of("timestamp"), of("nonce")) ? key.grant : undefined;
  }

  #isFirstUse(timestamp: string, nonce: string): boolean {
    const isFresh = Math.abs(Number(timestamp) * 1000 - this.now()) <= toleranceMs;
    const use = `${timestamp} ${nonce}`;
    if (!/^\d+$/.test(timestamp) || !isFresh || nonce === "" || this.#used.has(use)) return false;
    this.#used.add(use);
    return true;
  }
}
