import { Loaders } from "../loaders/loaders.js";
import type { UpstreamCall } from "../upstream/call.js";
import type { Upstream } from "../upstream/upstream.js";

/** What the resolvers of one GraphQL request share. */
export interface GatewayContext {
  readonly call: UpstreamCall;
  readonly upstream: Upstream;
  readonly loaders: Loaders;
  /** When the request came, by `performance.now()`. */
  readonly startMs: number;
}

export function createContext(upstream: Upstream, call: UpstreamCall): GatewayContext {
  return { call, upstream, loaders: new Loaders(upstream, call), startMs: performance.now() };
}
