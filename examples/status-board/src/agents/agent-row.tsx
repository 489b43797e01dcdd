import { useState } from "react";

import type { BoardAgentFragment } from "../gql/graphql.js";
import { Elapsed } from "../time/response-clock.js";
import { AgentDay } from "./agent-day.js";

/** An agent with the time that the reason, or else the state, has lasted, and on demand how the agent spent the day. */
export function AgentRow({ agent }: { readonly agent: BoardAgentFragment }) {
  const [isOpen, setOpen] = useState(false);
  const seconds = agent.status?.reasonSeconds ?? agent.status?.stateSeconds ?? null;
  return (
    <li>
      <details
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary className="agent">
          <bdi>{agent.name ?? agent.id}</bdi>{" "}
          {seconds !== null && (
            <span className="faint">
              for <Elapsed seconds={seconds} />
            </span>
          )}
        </summary>
        {isOpen && <AgentDay accountId={agent.accountId} id={agent.id} />}
      </details>
    </li>
  );
}
