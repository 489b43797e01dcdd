import { Button } from "react-aria-components";

import { stateLabels } from "../agent-states.js";
import { filterAgents } from "../agents/agent-filter.js";
import { LimitCell } from "../agents/agent-cells.js";
import { sortAgents } from "../agents/agent-order.js";
import type { BoardAgent } from "../agents/board-agent.js";
import { StateTiles } from "../agents/state-tiles.js";
import { useAgentView } from "../agents/use-agent-view.js";
import type { Freshness } from "../live/freshness.js";
import { FreshnessSign } from "../live/freshness-sign.js";
import { Elapsed } from "../time/elapsed.js";
import { useNow } from "../time/gateway-clock.js";

interface Props {
  readonly agents: readonly BoardAgent[];
  readonly freshness: Freshness;
  readonly onLeave: () => void;
}

const maxRows = 8;

/** The board for a screen on the wall: large counts, and who needs attention first, by the URL's filter. */
export function Wall({ agents, freshness, onLeave }: Props) {
  const { filter, order, changeFilter } = useAgentView();
  const first = sortAgents(filterAgents(agents, filter, useNow()), order).slice(0, maxRows);
  return (
    <main className="wall">
      <h1 className="visually-hidden">Status board</h1>
      <StateTiles agents={agents} filter={filter} onChange={changeFilter} />
      <ol className="wall-agents" aria-label="Who needs attention first">
        {first.map((agent) => (
          <li key={agent.id} className="wall-agent">
            <bdi className="ellipsis">{agent.name}</bdi>
            <span className="state" data-state={agent.state}>
              <bdi className="ellipsis">{agent.reason?.name ?? stateLabels[agent.state]}</bdi>
            </span>
            <span>{agent.sinceMs !== undefined && <Elapsed sinceMs={agent.sinceMs} />}</span>
            <LimitCell agent={agent} />
          </li>
        ))}
      </ol>
      <footer className="wall-footer">
        <FreshnessSign freshness={freshness} />
        <Button className="button" onPress={onLeave}>
          Leave the wall
        </Button>
      </footer>
    </main>
  );
}
