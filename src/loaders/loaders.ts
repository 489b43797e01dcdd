import type { UpstreamCall } from "../upstream/call.js";
import type { Upstream } from "../upstream/upstream.js";
import { StatusReasonListLoader } from "./status-reason-list.loader.js";
import { StatusReasonLoader } from "./status-reason.loader.js";

/** The loaders of one GraphQL request. They never outlive it, so nothing is shared between callers. */
export interface Loaders {
  readonly statusReasonLists: StatusReasonListLoader;
  readonly statusReasons: StatusReasonLoader;
  /** Forgets everything: after a write, what was read before it may no longer be true. */
  clear(): void;
}

export function createLoaders(upstream: Upstream, call: UpstreamCall): Loaders {
  const statusReasonLists = new StatusReasonListLoader(upstream.statusReasons, call);
  const statusReasons = new StatusReasonLoader(upstream.statusReasons, call, statusReasonLists);
  return {
    statusReasonLists,
    statusReasons,
    clear: () => {
      statusReasonLists.clear();
      statusReasons.clear();
    },
  };
}
