import type { BoardAgentFragment } from "../gql/graphql.js";
import type { ReasonGroup } from "./agent-groups.js";

/** The agents with one reason, in a collapsible list with their count. */
export function ReasonAgents({ text, agents }: ReasonGroup) {
  return (
    <details>
      <summary>
        <bdi>{text}</bdi> <span className="count">{agents.length}</span>
      </summary>
      <ul>
        {agents.map((agent) => (
          <li key={agent.id}>
            {agent.name ?? agent.id} <Since time={agent.status?.since ?? null} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Since({ time }: { readonly time: NonNullable<BoardAgentFragment["status"]>["since"] }) {
  if (time === null) return null;
  return (
    <time className="faint" dateTime={time}>
      since {new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}
    </time>
  );
}
