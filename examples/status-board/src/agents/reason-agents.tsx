import type { ReasonGroup } from "./agent-groups.js";
import { AgentRow } from "./agent-row.js";

/** The agents with one reason, in a collapsible list with their count. */
export function ReasonAgents({ text, agents }: ReasonGroup) {
  return (
    <details>
      <summary>
        <bdi>{text}</bdi> <span className="count">{agents.length}</span>
      </summary>
      <ul>
        {agents.map((agent) => (
          <AgentRow key={agent.id} agent={agent} />
        ))}
      </ul>
    </details>
  );
}
