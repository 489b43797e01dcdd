import type { CallContext } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";
import { AgentLoader } from "./agent.loader.js";
import { AgentTimeLoader } from "./agent-time.loader.js";
import { AgentViewLoader } from "./agent-view.loader.js";
import { LiveAgentLoader } from "./live-agent.loader.js";
import { StatusChangeLoader } from "./status-change.loader.js";
import { ReasonUsageLoader } from "./reason-usage.loader.js";
import { StatusReasonListLoader } from "./status-reason-list.loader.js";
import { StatusReasonLoader } from "./status-reason.loader.js";

/** The loaders of one GraphQL request, each created on first use. Nothing is shared between requests or callers. */
export class Loaders {
  #agents: AgentLoader | undefined;
  #agentTimes: AgentTimeLoader | undefined;
  #liveAgents: LiveAgentLoader | undefined;
  #statusChanges: StatusChangeLoader | undefined;
  #reasonUsages: ReasonUsageLoader | undefined;
  #statusReasonLists: StatusReasonListLoader | undefined;
  #statusReasons: StatusReasonLoader | undefined;

  constructor(
    private readonly upstream: Upstream,
    private readonly call: CallContext,
  ) {}

  get agents(): AgentLoader {
    return (this.#agents ??= new AgentLoader(this.upstream.agentView, this.call));
  }

  get agentTimes(): AgentTimeLoader {
    return (this.#agentTimes ??= new AgentTimeLoader(this.upstream.agentView, this.call));
  }

  get liveAgents(): LiveAgentLoader {
    return (this.#liveAgents ??= new LiveAgentLoader(
      new AgentViewLoader(this.upstream.agentView, this.call),
    ));
  }

  get statusChanges(): StatusChangeLoader {
    return (this.#statusChanges ??= new StatusChangeLoader(
      this.upstream.agentActivity,
      this.call,
      this.upstream.now,
    ));
  }

  get reasonUsages(): ReasonUsageLoader {
    return (this.#reasonUsages ??= new ReasonUsageLoader(this.liveAgents));
  }

  get statusReasonLists(): StatusReasonListLoader {
    return (this.#statusReasonLists ??= new StatusReasonListLoader(this.upstream.statusReasons, this.call));
  }

  get statusReasons(): StatusReasonLoader {
    return (this.#statusReasons ??= new StatusReasonLoader(this.upstream.statusReasons, this.call, {
      asked: (accountId) => this.#statusReasonLists?.asked(accountId),
      load: (accountId, includeDeleted) => this.statusReasonLists.load(accountId, includeDeleted),
    }));
  }

  /** Empties the caches of reasons: after a write they may be outdated. */
  clearStatusReasons(): void {
    this.#statusReasonLists?.clear();
    this.#statusReasons?.clear();
  }
}
