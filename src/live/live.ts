import { createHmac, randomBytes } from "node:crypto";

import { metricsToFilterBy } from "../loaders/index.js";
import type { LiveMetrics } from "../observability/index.js";
import { upstreamOperations, withMetrics } from "../upstream/api/index.js";
import type { StatusReasonList } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { SharedState } from "../shared-state/index.js";
import type { Upstream } from "../upstream/index.js";
import { agentsChannel } from "./agent-changes.js";
import type { AgentsChange, AgentsSelection } from "./agent-changes.js";
import { askAgents, pollQuestionOf, SharedDemand } from "./agents.js";
import type { AgentsPollQuestion, AgentsQuestion, AgentsState } from "./agents.js";
import { Channels } from "./channel.js";
import type { Channel } from "./channel.js";
import type { LiveLimits, LiveTimes } from "./options.js";
import { Poller } from "./poller.js";
import type { PollerOptions } from "./poller.js";
import { askStatusReasons, statusReasonsChannel } from "./status-reasons.js";
import type { StatusReasonsChange, StatusReasonsSelection } from "./status-reasons.js";
import { StateBudget } from "./state-budget.js";
import { SubscriptionPermits } from "./subscription-permits.js";
import { Watch } from "./watch.js";

/** Writes of other copies of the gateway, and the news of own ones for them. */
export type SharedChanges = Pick<SharedState, "announceChange" | "onChange">;

export interface LiveOptions {
  readonly times: LiveTimes;
  readonly limits: LiveLimits;
  readonly observer: LiveMetrics;
  /** @default a quarter of the heap */
  readonly budget?: StateBudget;
  /** @default none */
  readonly sharedChanges?: SharedChanges;
}

/** The events of one subscription. `return()` ends them at once, a pending `next()` included. */
export type Events<Event> = AsyncIterableIterator<Event, undefined>;

/** A poller of agents and the demands of its followers. */
interface AgentsPoller {
  readonly poller: Poller<AgentsState>;
  readonly demand: SharedDemand;
}

/** The credential that polls are sent with. */
interface Credential {
  readonly authorization: string | undefined;
  /** Identifies it in keys instead of the token: an HMAC with a key of this process, or `own`. */
  readonly digest: string;
}

/** Fields of reasons that do not change, or whose resolvers send requests of their own. */
const unchangingFields: ReadonlySet<string> = new Set([
  "__typename",
  "accountId",
  "id",
  "agents",
  "agentCount",
  "usage",
]);

/**
 * Turns an upstream that can only be polled into streams of changes. All subscriptions with the same credential, account
 * and question share one poller, which exists as long as they do.
 */
export class Live {
  readonly #permits: SubscriptionPermits;
  readonly #channels = new Channels();
  readonly #agents = new Map<string, AgentsPoller>();
  readonly #reasons = new Map<string, Poller<StatusReasonList>>();
  /** By account, to wake them after a mutation. */
  readonly #reasonsOf = new Map<string, Set<Poller<StatusReasonList>>>();
  readonly #budget: StateBudget;
  readonly #digestKey = randomBytes(32);

  constructor(
    private readonly upstream: Upstream,
    private readonly options: LiveOptions,
  ) {
    this.#budget = options.budget ?? new StateBudget();
    this.#permits = new SubscriptionPermits(options.limits, options.observer);
    options.sharedChanges?.onChange((isAbout) => {
      for (const accountId of this.#reasonsOf.keys()) if (isAbout(accountId)) this.#wakeReasons(accountId);
    });
  }

  /**
   * Identifies a caller's credential without its token: the same text for the same `Authorization`, within this process.
   * `own` where the gateway has its own upstream credentials.
   */
  credentialKey(call: CallContext): string {
    return this.upstream.hasOwnCredentials ? "own" : this.#digest(call);
  }

  /**
   * Follows the agents of a question. The events end with an UpstreamError where the upstream refuses the token.
   *
   * @throws UpstreamError where the caller is not admitted; TooManySubscriptionsError
   */
  watchAgents(call: CallContext, question: AgentsQuestion, selection: AgentsSelection): Events<AgentsChange> {
    const { accountId, filter } = question;
    this.upstream.checkAccess(call, { ...upstreamOperations.viewAgents, accountId });
    const credential = this.#credentialOf(call);
    const demand = withMetrics(selection.demand, metricsToFilterBy(filter));
    const polled = pollQuestionOf(question);
    const key = JSON.stringify(["agents", credential.digest, polled]);
    const followsReasons = selectsMoreThanKeys(selection.reason);
    const release = this.#permits.acquire(this.#digest(call));
    const agents = this.#agentsPoller(key, credential, polled);
    const reasons = followsReasons ? this.#reasonsPoller(credential, accountId) : undefined;
    const pollers = [agents.poller, ...(reasons ? [reasons] : [])];
    // A new poller polls right away: with its first follower, or here.
    if (agents.demand.add(demand) && agents.poller.snapshot?.state.covers(demand) !== true) {
      agents.poller.wake();
    }
    const { states, reasonIds, minSecondsInState, minSecondsInReason } = filter;
    const filteredHere = [states, reasonIds, minSecondsInState, minSecondsInReason];
    const channelKey = key + JSON.stringify([filteredHere, textOf(selection)]);
    const channel = this.#channels.acquire(channelKey, () =>
      agentsChannel({ agents: agents.poller, reasons }, filter, { ...selection, demand }),
    );
    return this.#watch(channel, pollers, () => {
      agents.demand.remove(demand);
      this.#channels.release(channelKey);
      release();
    });
  }

  /**
   * Follows an account's reasons. The events end with an UpstreamError where the upstream refuses the token.
   *
   * @throws UpstreamError where the caller is not admitted; TooManySubscriptionsError
   */
  watchStatusReasons(
    call: CallContext,
    accountId: string,
    selection: StatusReasonsSelection,
  ): Events<StatusReasonsChange> {
    this.upstream.checkAccess(call, { ...upstreamOperations.listStatusReasons, accountId });
    const credential = this.#credentialOf(call);
    const release = this.#permits.acquire(this.#digest(call));
    const poller = this.#reasonsPoller(credential, accountId);
    const channelKey = JSON.stringify(["reasons", credential.digest, accountId, textOf(selection)]);
    const channel = this.#channels.acquire(channelKey, () => statusReasonsChannel(poller, selection));
    return this.#watch(channel, [poller], () => {
      this.#channels.release(channelKey);
      release();
    });
  }

  /** To be called after an account's reasons were written: wakes all pollers of them, in other copies too. */
  statusReasonsWritten(accountId: string): void {
    this.#wakeReasons(accountId);
    this.options.sharedChanges?.announceChange(accountId);
  }

  #wakeReasons(accountId: string): void {
    for (const poller of this.#reasonsOf.get(accountId) ?? []) poller.wake();
  }

  #watch<Position extends object, Event>(
    channel: Channel<Position, Event>,
    pollers: readonly Pick<Poller<unknown>, "follow" | "unfollow">[],
    onEnd: () => void,
  ): Events<Event> {
    const watch = new Watch<Position, Event>({
      dependsOnTime: channel.dependsOnTime,
      newest: () => channel.newest(),
      changeBetween: (delivered, newest) => channel.changeBetween(delivered, newest),
      onEnd: (ended) => {
        for (const poller of pollers) poller.unfollow(ended);
        onEnd();
      },
    });
    for (const poller of pollers) poller.follow(watch);
    return watch;
  }

  #agentsPoller(key: string, { authorization }: Credential, question: AgentsPollQuestion): AgentsPoller {
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const demand = new SharedDemand();
    const poller = this.#poller<AgentsState>({
      authorization,
      ask: askAgents(this.upstream.agentView, question, demand),
      recordsIn: ({ agents }) => agents.length,
      onEnd: () => this.#agents.delete(key),
    });
    this.#agents.set(key, { poller, demand });
    return { poller, demand };
  }

  #reasonsPoller({ authorization, digest }: Credential, accountId: string): Poller<StatusReasonList> {
    const key = JSON.stringify([digest, accountId]);
    const known = this.#reasons.get(key);
    if (known !== undefined) return known;
    const ofAccount = this.#reasonsOf.get(accountId) ?? new Set();
    const poller: Poller<StatusReasonList> = this.#poller({
      authorization,
      ask: askStatusReasons(this.upstream.statusReasons, accountId),
      recordsIn: ({ value }) => value.length,
      onEnd: () => {
        this.#reasons.delete(key);
        ofAccount.delete(poller);
        if (ofAccount.size === 0) this.#reasonsOf.delete(accountId);
      },
    });
    this.#reasons.set(key, poller);
    this.#reasonsOf.set(accountId, ofAccount.add(poller));
    return poller;
  }

  #poller<State>(
    question: Pick<PollerOptions<State>, "authorization" | "ask" | "recordsIn" | "onEnd">,
  ): Poller<State> {
    const { times, observer } = this.options;
    observer.pollersChanged(1);
    return new Poller({
      ...question,
      times,
      observer,
      budget: this.#budget,
      now: this.upstream.now,
      onEnd: () => {
        observer.pollersChanged(-1);
        question.onEnd();
      },
    });
  }

  #credentialOf(call: CallContext): Credential {
    return { authorization: call.authorization, digest: this.credentialKey(call) };
  }

  #digest({ authorization = "" }: CallContext): string {
    return createHmac("sha256", this.#digestKey).update(authorization).digest("base64");
  }
}

function selectsMoreThanKeys(fields: ReadonlySet<string>): boolean {
  return [...fields].some((field) => !unchangingFields.has(field));
}

/** Serializes a selection: the same text for the same fields in any order. */
function textOf(selection: AgentsSelection | StatusReasonsSelection): string {
  const fields = Object.entries(selection).flatMap(([of, names]) =>
    names instanceof Set ? [[of, [...names].sort()]] : [],
  );
  return JSON.stringify(fields);
}
