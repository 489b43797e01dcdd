import { ToggleButton } from "react-aria-components";

import { stateLabels } from "../agent-states.js";
import type { AgentState } from "../gql/graphql.js";
import { useNow } from "../time/gateway-clock.js";
import { filterAgents, isOver } from "./agent-filter.js";
import type { AgentFilter } from "./agent-filter.js";
import type { BoardAgent } from "./board-agent.js";

const tiles = ["AWAY", "BACK_SOON", "OCCUPIED", "ONLINE"] as const satisfies readonly AgentState[];

interface Props {
  readonly agents: readonly BoardAgent[];
  readonly filter: AgentFilter;
  readonly onChange: (change: Partial<AgentFilter>) => void;
}

/** How many agents are in each state, and how many are over their limit. A tile filters the agents by what it counts. */
export function StateTiles({ agents, filter, onChange }: Props) {
  const now = useNow();
  const { states } = filter;
  // A tile counts what it would show: agents that match all else.
  const counted = filterAgents(agents, { ...filter, states: [], isOver: false }, now);
  const toggle = (state: AgentState, isSelected: boolean) => {
    onChange({ states: isSelected ? [...states, state] : states.filter((other) => other !== state) });
  };
  return (
    <div className="tiles" role="group" aria-label="Agents by state">
      <ToggleButton
        className="tile"
        data-tile="over"
        isSelected={filter.isOver}
        onChange={(isSelected) => {
          onChange({ isOver: isSelected });
        }}
      >
        <TileContent count={counted.filter((agent) => isOver(agent, now)).length} label="Over limit" />
      </ToggleButton>
      {tiles.map((state) => (
        <ToggleButton
          key={state}
          className="tile"
          data-state={state}
          isSelected={states.includes(state)}
          onChange={(isSelected) => {
            toggle(state, isSelected);
          }}
        >
          <TileContent
            count={counted.filter((agent) => agent.state === state).length}
            label={stateLabels[state]}
          />
        </ToggleButton>
      ))}
    </div>
  );
}

function TileContent({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <>
      <span className="tile-count">{count}</span> <span className="tile-label">{label}</span>
    </>
  );
}
