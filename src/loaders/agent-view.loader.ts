import DataLoader from "dataloader";

import { agentViewCap, coversDemand, maxWindowMs, unionOfDemands, windowKey } from "../upstream/api/index.js";
import type {
  AgentDemand,
  AgentView,
  AgentViewApi,
  AgentViewFilter,
  AgentViewRange,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { startedTogether } from "./started-loads.js";
import type { StartedLoad } from "./started-loads.js";

/** A view that a field needs. */
export interface ViewRequest {
  readonly accountId: string;
  readonly filter: AgentViewFilter;
  /** {@link wholeRange}, or a page of it. */
  readonly range: AgentViewRange;
  readonly demand: AgentDemand;
}

/** All agents that the upstream shows of an account. */
export const wholeRange: AgentViewRange = { offset: 0, limit: agentViewCap };

/** The window that views have unless they name another. */
const lastDay = { lastMs: maxWindowMs };

interface ViewKey {
  readonly request: ViewRequest;
  /** The agents as text: the same for requests that differ only in their pages and demands. */
  readonly whole: string;
  /** The same with the page; equals `whole` for the whole view. */
  readonly own: string;
}

/** An upstream call that has started. */
interface StartedCall {
  readonly demand: AgentDemand;
  readonly view: Promise<AgentView>;
}

/**
 * Loads views. Requests of one tick for the same agents are one call for everything that they demand: for the whole
 * view, if one of them needs it, from which the pages are cut. A later request takes the result of an earlier call that
 * was for no less.
 */
export class AgentViewLoader {
  readonly #batches = new DataLoader<ViewKey, StartedLoad<AgentView>>(
    (keys) => Promise.resolve(this.#batch(keys)),
    { cache: false },
  );

  /** The latest call by its agents and page; it demands no less than those before. */
  readonly #calls = new Map<string, StartedCall>();

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /** @throws UpstreamError, as the call for the view does */
  async load(request: ViewRequest): Promise<AgentView> {
    return (await this.#batches.load(keyOf(request))).result;
  }

  #batch(keys: readonly ViewKey[]): StartedLoad<AgentView>[] {
    const wholes = new Set(keys.filter(({ whole, own }) => whole === own).map(({ whole }) => whole));
    const sources = keys.map((key) => (wholes.has(key.whole) || this.#hasWhole(key) ? key.whole : key.own));
    const requests = new Map<string, ViewRequest>();
    // Those of the pages too, for what cannot be cut from the whole.
    const pages = new Map<string, ViewRequest>();
    keys.forEach(({ request, whole, own }, index) => {
      const source = sources[index] ?? whole;
      const ranged = source === whole ? { ...request, range: wholeRange } : request;
      requests.set(source, joined(requests.get(source), ranged));
      pages.set(own, joined(pages.get(own), request));
    });
    const views = new Map([...requests].map(([source, request]) => [source, this.#start(source, request)]));
    return startedTogether(
      keys.map(async ({ request, own }, index) => {
        const source = sources[index] ?? own;
        const view = await (views.get(source) ?? this.#start(own, request));
        if (source === own) return view;
        return pageOf(view, request.range) ?? this.#start(own, pages.get(own) ?? request);
      }),
    );
  }

  #hasWhole({ whole, request }: ViewKey): boolean {
    const started = this.#calls.get(whole);
    return started !== undefined && coversDemand(started.demand, request.demand);
  }

  /** Starts a call, unless one that was for no less has started. */
  #start(source: string, { accountId, filter, range, demand }: ViewRequest): Promise<AgentView> {
    const before = this.#calls.get(source);
    if (before !== undefined && coversDemand(before.demand, demand)) return before.view;
    const all = before === undefined ? demand : unionOfDemands([before.demand, demand]);
    const view = this.api.view(this.call, accountId, filter, range, all);
    this.#calls.set(source, { demand: all, view });
    return view;
  }
}

/**
 * Cuts a page from the whole view.
 *
 * @returns undefined where the upstream's page may have other agents: those past the cap, or in the place of records that
 *   could not be decoded
 */
function pageOf(
  whole: AgentView,
  { offset, limit, descending = false }: AgentViewRange,
): AgentView | undefined {
  const { agents, skipped, totalCount } = whole;
  if (skipped.count > 0 || (descending && totalCount > agents.length)) return undefined;
  const ordered = descending ? agents.toReversed() : agents;
  return { ...whole, agents: ordered.slice(offset, offset + limit) };
}

function keyOf(request: ViewRequest): ViewKey {
  const { accountId, filter, range } = request;
  const { agentIds, states, groupIds, skillIds, window = lastDay } = filter;
  const lists = [agentIds, states, groupIds, skillIds].map(inOrder);
  const whole = JSON.stringify([accountId, windowKey(window), ...lists]);
  return { request, whole, own: isWhole(range) ? whole : whole + JSON.stringify(range) };
}

function isWhole({ offset, limit, descending = false }: AgentViewRange): boolean {
  return offset === 0 && limit === agentViewCap && !descending;
}

/** The values of a filter in any order and number are the same filter. */
function inOrder(values: readonly string[] | null | undefined): readonly string[] | null {
  return values ? [...new Set(values)].sort() : null;
}

function joined(one: ViewRequest | undefined, other: ViewRequest): ViewRequest {
  if (one === undefined || coversDemand(other.demand, one.demand)) return other;
  return coversDemand(one.demand, other.demand)
    ? one
    : { ...one, demand: unionOfDemands([one.demand, other.demand]) };
}
