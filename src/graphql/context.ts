import type { DocumentNode, GraphQLResolveInfo, GraphQLSchema } from "graphql";

import type { Live } from "../live/index.js";
import { Loaders } from "../loaders/index.js";
import { StatusReasonWriter } from "../status-reasons/index.js";
import type { WriteObserver } from "../status-reasons/index.js";
import type { OperationSummary } from "../observability/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";
import type { OperationDemand } from "./operation-demand.js";

/** What the resolvers of one GraphQL request share. */
export interface GatewayContext {
  readonly call: CallContext;
  readonly upstream: Upstream;
  readonly loaders: Loaders;
  /** What subscriptions follow. */
  readonly live: Live;
  /** Writes with the caller's credentials. A write clears the reasons of the loaders, which may be outdated then. */
  readonly writer: StatusReasonWriter;
  /** When the request was received, by `performance.now()`. */
  readonly startMs: number;
  /** Where subscriptions can be served; undefined: they are refused. */
  readonly subscription: SubscriptionSlot | undefined;
  /** The source event that a subscription's document is executed for: the value of its field. */
  readonly event: object | undefined;
  /** What the operation needs of agents; undefined until the first field that returns agents finds out. */
  agentDemand: OperationDemand | undefined;
  /** What it needs of live views; undefined until the first field that needs one finds out. */
  liveViewDemand: OperationDemand | undefined;
  /** Whether the caller's credentials are usable; undefined until the first root field checks. */
  isCallerKnown: boolean | undefined;
  /** How many root fields were refused because the credentials are not usable. */
  refusedFields: number;
  /** The estimated bytes of all lists in the response so far. */
  listBytes: number;
}

/** Takes the subscription that a request asks for, once it was found valid. */
export interface SubscriptionSlot {
  /** Whether the request came by GET, which may change nothing. */
  readonly isReadOnly: boolean;
  accepted?: AcceptedSubscription;
}

/** A subscription that is ready to be started. */
export interface AcceptedSubscription {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The document's text. */
  readonly source: string;
  readonly operationName: string | undefined;
  readonly summary: OperationSummary;
}

/** What makes the context of a subscription differ from that of a query. */
export type SubscriptionContext = Partial<Pick<GatewayContext, "subscription" | "event">>;

/** What all contexts share. */
export interface ContextServices extends Pick<GatewayContext, "upstream" | "live"> {
  /** Told of each write. */
  readonly writeObserver: WriteObserver;
}

export function createContext(
  services: ContextServices,
  call: CallContext,
  subscription: SubscriptionContext = {},
): GatewayContext {
  return new RequestContext(services, call, subscription);
}

class RequestContext implements GatewayContext {
  readonly upstream: Upstream;
  readonly live: Live;
  readonly loaders: Loaders;
  readonly startMs = performance.now();
  readonly subscription: SubscriptionSlot | undefined;
  readonly event: object | undefined;
  agentDemand: OperationDemand | undefined;
  liveViewDemand: OperationDemand | undefined;
  isCallerKnown: boolean | undefined;
  refusedFields = 0;
  listBytes = 0;
  // A property, not `#writer`: Apollo copies the context, and a copy has no private names.
  private ownWriter: StatusReasonWriter | undefined;
  private readonly writeObserver: WriteObserver;

  constructor(
    { upstream, live, writeObserver }: ContextServices,
    readonly call: CallContext,
    { subscription, event }: SubscriptionContext,
  ) {
    this.upstream = upstream;
    this.live = live;
    this.writeObserver = writeObserver;
    this.subscription = subscription;
    this.event = event;
    this.loaders = new Loaders(upstream, call);
  }

  get writer(): StatusReasonWriter {
    const onWritten = (accountId: string): void => {
      this.loaders.clearStatusReasons();
      this.live.statusReasonsWritten(accountId);
    };
    return (this.ownWriter ??= new StatusReasonWriter(
      this.upstream,
      this.call,
      onWritten,
      this.writeObserver,
    ));
  }
}

/** Finds an entity by its key; null where there is none. */
export type ReferenceResolver = (
  key: { readonly accountId: string; readonly id: string },
  context: GatewayContext,
  info: GraphQLResolveInfo,
) => Promise<object | null> | object | null;
