import { useState } from "react";

import { stateLabels } from "../agent-states.js";
import type { BoardAgentFragment } from "../gql/graphql.js";
import { Elapsed } from "../time/response-clock.js";
import { AgentDay } from "./agent-day.js";

/** An agent with the time in the reason and the state, and on demand how the agent spent the day. */
export function AgentRow({ agent }: { readonly agent: BoardAgentFragment }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <details
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary className="agent">
          <bdi>{agent.name ?? agent.id}</bdi> {agent.status !== null && <StatusTime status={agent.status} />}
        </summary>
        {isOpen && <AgentDay accountId={agent.accountId} id={agent.id} />}
      </details>
    </li>
  );
}

/** How long the reason has lasted, or else the state; both where the reason was given a minute or more after the state began. */
function StatusTime({ status }: { readonly status: NonNullable<BoardAgentFragment["status"]> }) {
  const { state, stateSeconds, reasonSeconds } = status;
  const seconds = reasonSeconds ?? stateSeconds;
  if (seconds === null) return null;
  return (
    <span className="faint">
      for <Elapsed seconds={seconds} />
      {stateSeconds !== null && stateSeconds - seconds >= 60 && (
        <>
          , {stateLabels[state].toLowerCase()} for <Elapsed seconds={stateSeconds} />
        </>
      )}
    </span>
  );
}
