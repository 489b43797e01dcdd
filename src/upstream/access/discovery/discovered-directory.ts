import type { Logger } from "../../../observability/index.js";
import { ConcurrencyLimit, faultOfAbort, UnsentCallError, UpstreamError } from "../../http/index.js";
import type { AbortSignalLike } from "../../../lib/index.js";
import { pauseOf, RefreshingCache } from "../refreshing-cache.js";
import type { Refusal } from "../refreshing-cache.js";
import type { Caller, LookupContext, ServiceDirectory } from "../../http/index.js";
import type { ServiceName } from "../../../wire/index.js";
import { allowedHost } from "./allowed-hosts.js";
import type { AllowedHosts } from "./allowed-hosts.js";
import { getBaseUri, unknownAccount } from "./domain.api.js";
import type { DomainApi } from "./domain.api.js";
import { writeHost } from "./host.js";

export interface DiscoveryOptions {
  readonly domain: DomainApi;
  /** What discovered hosts are called with: `https:` or `http:`. */
  readonly protocol: string;
  readonly allowed: AllowedHosts;
  /** How long a host is cached, in milliseconds. */
  readonly ttlMs: number;
  /** How long a lookup may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** How many hosts are cached. */
const capacity = 10_000;

/** How many lookups run at the same time, and how many more wait for a permit. */
const maxLookups = 16;
const maxWaitingLookups = 512;

/** How long an unknown account is cached. */
const maxUnknownMs = 10_000;

/** Finds each account's hosts through the Domain API. */
export class DiscoveredDirectory implements ServiceDirectory {
  readonly #origins: RefreshingCache<string>;
  readonly #limit = new ConcurrencyLimit(maxLookups, maxWaitingLookups);

  constructor(private readonly options: DiscoveryOptions) {
    const { timeoutMs, now, logger, ttlMs } = options;
    this.#origins = new RefreshingCache({
      operation: getBaseUri,
      capacity,
      timeoutMs,
      now,
      outlives: (error) => !isNotFound(error),
      refusalOf: (error, key) => pauseOf(error) ?? unknownOf(error, key, Math.min(maxUnknownMs, ttlMs)),
      onStandIn: (err) => {
        logger.warn({ err }, "a host could not be looked up again: the last one known is used");
      },
    });
  }

  async originOf(accountId: string, service: ServiceName, context: LookupContext): Promise<string> {
    const { requestId, authorization: credential = "" } = context;
    return this.#origins.get(keyOf(accountId, service), context, async ({ signal }) => ({
      value: await this.#withPermit({ accountId, credential, isGateways: false }, signal, () =>
        this.#find(accountId, service, { requestId, signal }),
      ),
      lifetimeMs: this.options.ttlMs,
    }));
  }

  failed(accountId: string, service: ServiceName, origin: string): void {
    this.#origins.suspect(keyOf(accountId, service), origin);
  }

  /** @throws UnsentCallError where the queue is full, or the signal is aborted */
  async #withPermit(caller: Caller, signal: AbortSignalLike, find: () => Promise<string>): Promise<string> {
    const acquired = await this.#limit.acquire(caller, signal);
    if (acquired !== "granted") {
      throw new UnsentCallError(acquired === "aborted" ? faultOfAbort(signal) : "unavailable", getBaseUri);
    }
    try {
      return await find();
    } finally {
      this.#limit.release(caller);
    }
  }

  async #find(accountId: string, service: ServiceName, context: LookupContext): Promise<string> {
    const baseUri = await this.options.domain.baseUri(context, accountId, service);
    return this.#originAt(baseUri, { requestId: context.requestId, accountId, service });
  }

  /** @throws UpstreamError `invalid-response` where the base URI is none that may be called */
  #originAt(baseUri: string, lookup: object): string {
    const { allowed, protocol, logger } = this.options;
    const host = allowedHost(baseUri, allowed);
    if (typeof host !== "string") return `${protocol}//${writeHost(host)}`;
    // Only a plain host is logged: anything else may hold secrets or control characters.
    const named = host.endsWith("not allowed") ? { host: baseUri } : {};
    logger.error({ ...lookup, reason: host, ...named }, "the Domain API named a host that is not called");
    throw new UpstreamError("invalid-response", getBaseUri, { status: 200 });
  }
}

function keyOf(accountId: string, service: ServiceName): string {
  return `${service} ${accountId}`;
}

/** Creates the error anew each time instead of keeping it with its stack: there may be thousands. */
function unknownOf(error: unknown, key: string, lastsMs: number): Refusal | undefined {
  if (!isNotFound(error)) return undefined;
  const { status } = error;
  const accountId = key.slice(key.indexOf(" ") + 1);
  return { lastsMs, isPause: false, error: () => unknownAccount(accountId, status) };
}

function isNotFound(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.fault === "not-found";
}
