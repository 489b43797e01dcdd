import { useQuery } from "@apollo/client/react";

import { stateLabels } from "../agent-states.js";
import { ReadFailure } from "../errors/read-failure.js";
import { BoardDocument } from "../gql/graphql.js";
import { ResponseClock } from "../time/response-clock.js";
import { groupAgents } from "./agent-groups.js";
import { ReasonAgents } from "./reason-agents.js";

const pollIntervalMs = 15_000;

/** The agents by state and reason, the longest in their state first: the live view, polled while the page is visible. */
export function AgentBoard({ accountId }: { readonly accountId: string }) {
  const { data, error, refetch } = useQuery(BoardDocument, {
    variables: { accountId },
    pollInterval: pollIntervalMs,
    skipPollAttempt: () => document.hidden,
  });
  const agents = data?.liveAgents;
  const observedAt = agents?.nodes.find(({ status }) => status !== null)?.status?.observedAt;
  return (
    <section className="panel" aria-labelledby="agents">
      <h2 id="agents">Agents {agents !== undefined && <span className="count">{agents.totalCount}</span>}</h2>
      {error !== undefined && <ReadFailure error={error} onRetry={() => void refetch()} />}
      <p className="note" role="status">
        {error === undefined && listNote(agents?.totalCount)}
      </p>
      {agents?.truncated === true && <p className="notice">There are more agents than the board can show.</p>}
      <ResponseClock observedAt={observedAt}>
        <div className="states">
          {groupAgents(agents?.nodes ?? []).map(({ state, count, reasons }) => (
            <section key={state} className="state" aria-label={stateLabels[state]} data-state={state}>
              <h3>
                {stateLabels[state]} <span className="count">{count}</span>
              </h3>
              {reasons.map((group) => (
                <ReasonAgents key={group.id} {...group} />
              ))}
            </section>
          ))}
        </div>
      </ResponseClock>
    </section>
  );
}

/** The note while agents are loading, or if there are none. */
function listNote(count: number | undefined): string {
  if (count === undefined) return "Loading agents…";
  return count > 0 ? "" : "Nobody is logged in.";
}
