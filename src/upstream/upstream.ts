import type { Logger } from "../observability/index.js";
import { AgentViewApi, StatusReasonApi, unreadableNotes } from "./api/index.js";
import type {
  Credentials,
  Proxies,
  ResilienceOptions,
  ServiceDirectory,
  CallContext,
  UpstreamObserver,
  UpstreamOperation,
} from "./http/index.js";
import { callerCredentials } from "./access/index.js";
import { defaultResilience, UpstreamHttpClient } from "./http/index.js";

/** Everything that speaks to the upstream; one for the life of the process. */
export interface Upstream {
  readonly statusReasons: StatusReasonApi;
  readonly agentView: AgentViewApi;
  /** The first pause between two attempts, in milliseconds; also between two reads that look for a lost write. */
  readonly backoffBaseMs: number;
  /**
   * Checks who calls, whatever account is asked for: for fields that are resolved without a call.
   *
   * @throws UpstreamError `unauthenticated`
   */
  identify(call: CallContext, operation: UpstreamOperation): void;
  /**
   * Whether calls to one of the upstream's hosts are refused for now, because it was in trouble. Ends by
   * itself, without a call, when it is time to see whether the host is well again.
   */
  isCircuitOpen(): boolean;
  /** Lets go of the connections when what is in flight has ended. */
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly directory: ServiceDirectory;
  /** Whose name the upstream is called in. Default: the caller's. */
  readonly credentials?: Credentials;
  /** The `v` parameter of every call. */
  readonly apiVersion: string;
  /** What differs from {@link defaultResilience}. */
  readonly resilience?: Partial<ResilienceOptions>;
  readonly observer?: UpstreamObserver;
  /** Default: none. */
  readonly proxies?: Proxies | undefined;
  /** Warned of answers that are odd. */
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
}: UpstreamOptions): Upstream {
  const limits = { ...defaultResilience, ...resilience };
  const http = new UpstreamHttpClient(directory, credentials, limits, observer, proxies);
  const noteUnreadable = unreadableNotes(observer, logger);
  return {
    agentView: new AgentViewApi(http, noteUnreadable),
    statusReasons: new StatusReasonApi(http, apiVersion, noteUnreadable),
    backoffBaseMs: limits.backoffBaseMs,
    identify: credentials.identify,
    isCircuitOpen: () => http.isCircuitOpen,
    close: () => http.close(),
  };
}
