import type { Logger } from "../observability/logger.js";
import { AgentViewApi } from "./api/agent-view.api.js";
import type { UpstreamCall } from "./http/call.js";
import { callerCredentials } from "./access/credentials/caller.credentials.js";
import type { Credentials } from "./http/credentials.js";
import { UpstreamHttpClient } from "./http/http-client.js";
import type { UpstreamObserver } from "./http/observer.js";
import type { Proxies } from "./http/proxies.js";
import { defaultResilience } from "./http/resilience/options.js";
import type { ResilienceOptions } from "./http/resilience/options.js";
import type { ServiceDirectory } from "./http/service-directory.js";
import { StatusReasonApi } from "./api/status-reason.api.js";
import { unreadableNotes } from "./api/unreadable.js";
import type { UpstreamOperation } from "./http/upstream-error.js";

/** Everything that speaks to the upstream; one for the life of the process. */
export interface Upstream {
  readonly statusReasons: StatusReasonApi;
  readonly agentView: AgentViewApi;
  /**
   * Lets the caller in, or not, whatever account is about to be asked for: for what is answered without a call.
   *
   * @throws UpstreamError `unauthenticated`
   */
  identify(call: UpstreamCall, operation: UpstreamOperation): void;
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
    statusReasons: new StatusReasonApi(http, apiVersion, limits.backoffBaseMs, noteUnreadable),
    identify: (call, operation) => {
      (credentials.identify ?? credentials.admit)(call, { ...operation, accountId: "" });
    },
    isCircuitOpen: () => http.isCircuitOpen,
    close: () => http.close(),
  };
}
