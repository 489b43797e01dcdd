import type { Logger } from "../observability/index.js";
import { singleCopy } from "../shared-state/index.js";
import { AgentActivityApi, AgentViewApi, StatusReasonApi, createSkipReporter } from "./api/index.js";
import type {
  AccountOperation,
  Credentials,
  Proxies,
  ResilienceOptions,
  SharedPauses,
  SharedRates,
  ServiceDirectory,
  CallContext,
  UpstreamObserver,
  UpstreamOperation,
} from "./http/index.js";
import { callerCredentials } from "./access/index.js";
import { defaultResilience, UpstreamHttpClient } from "./http/index.js";

/** The clients of the upstream services; one for the life of the process. */
export interface Upstream {
  readonly statusReasons: StatusReasonApi;
  readonly agentView: AgentViewApi;
  /** The clock that windows and observed times go by, in epoch milliseconds. */
  readonly now: () => number;
  /** Needs credentials of the gateway's own: see {@link hasOwnCredentials}. */
  readonly agentActivity: AgentActivityApi;
  /** The first pause between two attempts, in milliseconds; also between two reads that look for a lost write. */
  readonly backoffBaseMs: number;
  /**
   * Checks that the caller has usable credentials, for fields that are resolved without an upstream call.
   *
   * @throws UpstreamError `unauthenticated`
   */
  checkCaller(call: CallContext, operation: UpstreamOperation): void;
  /**
   * As {@link checkCaller}, and for one account.
   *
   * @throws UpstreamError `unauthenticated` or `forbidden`
   */
  checkAccess(call: CallContext, operation: AccountOperation): void;
  /** Whether the upstream is called in the gateway's own name, the same for all callers. */
  readonly hasOwnCredentials: boolean;
  /**
   * Whether the circuit of one of the upstream's hosts is open: calls are refused after a run of failures. It ends by
   * itself, without a call, when the next call may probe the host.
   */
  isCircuitOpen(): boolean;
  /** Closes the connections when the requests in flight have ended. */
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly directory: ServiceDirectory;
  /** Default: the caller's own. */
  readonly credentials?: Credentials;
  /** The `v` parameter of every call. */
  readonly apiVersion: string;
  /** What differs from {@link defaultResilience}. */
  readonly resilience?: Partial<ResilienceOptions>;
  readonly observer?: UpstreamObserver;
  /** Default: none. */
  readonly proxies?: Proxies | undefined;
  /** Default: none. */
  readonly sharedState?: (SharedPauses & SharedRates) | undefined;
  /** Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Warned of records that cannot be decoded. */
  readonly logger?: Pick<Logger, "warn">;
}

export function createUpstream({
  directory,
  credentials = callerCredentials,
  apiVersion,
  resilience,
  observer = {},
  logger,
  proxies,
  sharedState = singleCopy,
  now = Date.now,
}: UpstreamOptions): Upstream {
  const limits = { ...defaultResilience, ...resilience };
  const http = new UpstreamHttpClient({
    directory,
    credentials,
    resilience: limits,
    observer,
    proxies,
    sharedState,
  });
  const reportSkipped = createSkipReporter(observer, logger);
  return {
    agentView: new AgentViewApi(http, reportSkipped, now),
    agentActivity: new AgentActivityApi(http, reportSkipped),
    statusReasons: new StatusReasonApi(http, apiVersion, reportSkipped),
    now,
    backoffBaseMs: limits.backoffBaseMs,
    checkCaller: credentials.checkCaller,
    checkAccess: credentials.checkAccess,
    hasOwnCredentials: credentials.isOwn,
    isCircuitOpen: () => http.isCircuitOpen,
    close: () => http.close(),
  };
}
