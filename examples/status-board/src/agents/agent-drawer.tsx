import { stateLabels } from "../agent-states.js";
import { Drawer } from "../controls/drawer.js";
import { Elapsed } from "../time/elapsed.js";
import { useSearchParams } from "../url/use-search-params.js";
import { AgentDay } from "./agent-day.js";
import { Avatar, LimitCell, LoadCell } from "./agent-cells.js";
import type { BoardAgent } from "./board-agent.js";

interface Props {
  readonly accountId: string;
  readonly agents: readonly BoardAgent[];
}

/** The agent that the URL names, at the side: the status now, and how the agent spent the day. */
export function AgentDrawer({ accountId, agents }: Props) {
  const [params, changeParams] = useSearchParams();
  const id = params.get("agent");
  const agent = agents.find((other) => other.id === id);
  return (
    <Drawer
      title={<bdi>{agent?.name ?? "Agent"}</bdi>}
      isOpen={id !== null}
      onClose={() => {
        changeParams((current) => {
          current.delete("agent");
        });
      }}
    >
      {agent === undefined ? (
        <p className="note">This agent is not logged in.</p>
      ) : (
        <AgentNow agent={agent} />
      )}
      {id !== null && <AgentDay accountId={accountId} id={id} />}
    </Drawer>
  );
}

function AgentNow({ agent }: { readonly agent: BoardAgent }) {
  const { state, stateSinceMs, reason, sinceMs, group, skills } = agent;
  return (
    <section className="agent-now" aria-label="Now">
      <Avatar agent={agent} />
      <p className="agent-now-state">
        <span className="state" data-state={state}>
          {stateLabels[state]}
        </span>
        {stateSinceMs !== undefined && (
          <>
            {" for "}
            <Elapsed sinceMs={stateSinceMs} />
          </>
        )}
      </p>
      {reason !== undefined && (
        <p>
          <bdi>{reason.name}</bdi>
          {sinceMs !== undefined && (
            <>
              {" for "}
              <Elapsed sinceMs={sinceMs} />
            </>
          )}{" "}
          <LimitCell agent={agent} />
        </p>
      )}
      <p>
        <LoadCell agent={agent} />
      </p>
      <p className="faint">
        <bdi>{[group?.name, ...skills.map(({ name }) => name)].filter(Boolean).join(" · ")}</bdi>
      </p>
    </section>
  );
}
