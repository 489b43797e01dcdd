import { GridList, GridListItem, ListLayout, Virtualizer } from "react-aria-components";

import { Avatar, LimitCell, StateCell, TimeCell } from "./agent-cells.js";
import type { BoardAgent } from "./board-agent.js";

interface Props {
  readonly agents: readonly BoardAgent[];
  readonly onOpen: (id: string) => void;
}

const layoutOptions = { rowHeight: 68 };

/** Agents as a list, for screens too narrow for a table. */
export function AgentList({ agents, onOpen }: Props) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
      <GridList
        className="agent-list"
        aria-label="Agents"
        items={agents}
        onAction={(id) => {
          onOpen(String(id));
        }}
      >
        {(agent) => (
          <GridListItem id={agent.id} textValue={agent.name} className="agent-item">
            <Avatar agent={agent} />
            <div className="agent-item-text">
              <bdi className="ellipsis">{agent.name}</bdi>
              <span className="ellipsis faint">
                <StateCell agent={agent} /> <bdi>{agent.reason?.name}</bdi>
              </span>
            </div>
            <div className="agent-item-times">
              <TimeCell agent={agent} />
              <LimitCell agent={agent} />
            </div>
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
