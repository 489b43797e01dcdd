import { AgentViewApi } from "./agent-view.api.js";
import { UpstreamHttpClient } from "./http-client.js";
import type { UpstreamObserver } from "./observer.js";
import type { ServiceDirectory } from "./service-directory.js";
import { StatusReasonApi } from "./status-reason.api.js";

/** Everything that speaks to the upstream; one for the life of the process. */
export interface Upstream {
  readonly statusReasons: StatusReasonApi;
  readonly agentView: AgentViewApi;
  /** Lets go of the connections when what is in flight has ended. */
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly directory: ServiceDirectory;
  /** The `v` parameter of every call. */
  readonly apiVersion: string;
  readonly observer?: UpstreamObserver;
}

export function createUpstream({ directory, apiVersion, observer = {} }: UpstreamOptions): Upstream {
  const http = new UpstreamHttpClient(directory, observer);
  return {
    agentView: new AgentViewApi(http),
    statusReasons: new StatusReasonApi(http, apiVersion),
    close: () => http.close(),
  };
}
