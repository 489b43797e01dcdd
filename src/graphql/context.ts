import type { GraphQLResolveInfo } from "graphql";

import { Loaders } from "../loaders/index.js";
import { StatusReasonWriter } from "../status-reasons/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";

/** What the resolvers of one GraphQL request share. */
export interface GatewayContext {
  readonly call: CallContext;
  readonly upstream: Upstream;
  readonly loaders: Loaders;
  /** Writes with the caller's credentials. A write clears the reasons of the loaders, which may be outdated then. */
  readonly writer: StatusReasonWriter;
  /** When the request was received, by `performance.now()`. */
  readonly startMs: number;
  /** Whether the caller's credentials are usable; undefined until the first root field checks. */
  isCallerKnown: boolean | undefined;
  /** How many root fields were refused because the credentials are not usable. */
  refusedFields: number;
  /** The estimated bytes of all lists in the response so far. */
  listBytes: number;
}

export function createContext(upstream: Upstream, call: CallContext): GatewayContext {
  return new RequestContext(upstream, call);
}

class RequestContext implements GatewayContext {
  readonly loaders: Loaders;
  readonly startMs = performance.now();
  isCallerKnown: boolean | undefined;
  refusedFields = 0;
  listBytes = 0;
  // A property, not `#writer`: Apollo copies the context, and a copy has no private names.
  private ownWriter: StatusReasonWriter | undefined;

  constructor(
    readonly upstream: Upstream,
    readonly call: CallContext,
  ) {
    this.loaders = new Loaders(upstream, call);
  }

  get writer(): StatusReasonWriter {
    return (this.ownWriter ??= new StatusReasonWriter(this.upstream, this.call, () => {
      this.loaders.clearStatusReasons();
    }));
  }
}

/** Finds an entity by its key; null where there is none. */
export type ReferenceResolver = (
  key: { readonly accountId: string; readonly id: string },
  context: GatewayContext,
  info: GraphQLResolveInfo,
) => Promise<object | null> | object | null;
