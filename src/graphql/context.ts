import type { GraphQLResolveInfo } from "graphql";

import { Loaders } from "../loaders/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";

/** What the resolvers of one GraphQL request share. */
export interface GatewayContext {
  readonly call: CallContext;
  readonly upstream: Upstream;
  readonly loaders: Loaders;
  /** When the request came, by `performance.now()`. */
  readonly startMs: number;
}

export function createContext(upstream: Upstream, call: CallContext): GatewayContext {
  return { call, upstream, loaders: new Loaders(upstream, call), startMs: performance.now() };
}

/** Finds an entity by its key; null where there is none. */
export type ReferenceResolver = (
  key: { readonly accountId: string; readonly id: string },
  context: GatewayContext,
  info: GraphQLResolveInfo,
) => Promise<object | null> | object | null;
