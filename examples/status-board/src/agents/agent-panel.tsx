import { ReadFailure } from "../errors/read-failure.js";
import { useMediaQuery } from "../layout/use-media-query.js";
import type { LiveAgents } from "../live/use-live-agents.js";
import { useNow } from "../time/gateway-clock.js";
import { useSearchParams } from "../url/use-search-params.js";
import { AgentList } from "./agent-list.js";
import { filterAgents } from "./agent-filter.js";
import { sortAgents } from "./agent-order.js";
import { AgentTable } from "./agent-table.js";
import { AgentToolbar } from "./agent-toolbar.js";
import type { BoardAgent } from "./board-agent.js";
import { StateTiles } from "./state-tiles.js";
import { useAgentView } from "./use-agent-view.js";
import { useSameItems } from "./use-same-items.js";

interface Props {
  readonly live: LiveAgents;
  readonly agents: readonly BoardAgent[];
}

/** The agents: how many are in which state, and who they are. What is known stays when a request fails. */
export function AgentPanel({ live, agents }: Props) {
  const { filter, order, changeFilter, changeOrder } = useAgentView();
  const [, changeParams] = useSearchParams();
  const isNarrow = useMediaQuery("(max-width: 44rem)");
  const now = useNow();
  const shown = useSameItems(sortAgents(filterAgents(agents, filter, now), order));
  const open = (id: string) => {
    changeParams((params) => {
      params.set("agent", id);
    });
  };
  return (
    <section className="agents" aria-labelledby="agents">
      <h2 id="agents" className="visually-hidden">
        Agents
      </h2>
      {live.error !== undefined && <ReadFailure error={live.error} onRetry={live.retry} />}
      {live.isTruncated && <p className="notice">There are more agents than the board can show.</p>}
      <StateTiles agents={agents} filter={filter} onChange={changeFilter} />
      <AgentToolbar agents={agents} filter={filter} onChange={changeFilter} />
      <p className="list-note" role="status">
        {listNote(live, agents.length, shown.length)}
      </p>
      {shown.length > 0 &&
        (isNarrow ? (
          <AgentList agents={shown} onOpen={open} />
        ) : (
          <AgentTable agents={shown} order={order} onSort={changeOrder} onOpen={open} />
        ))}
    </section>
  );
}

function listNote({ agents, error }: LiveAgents, count: number, shownCount: number): string {
  if (agents === undefined) return error === undefined ? "Loading agents…" : "";
  if (count === 0) return "Nobody is logged in.";
  if (shownCount === 0) return "No agent matches the filter.";
  return shownCount === count ? `${count} agents` : `${shownCount} of ${count} agents`;
}
