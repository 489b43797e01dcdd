import { useQuery } from "@apollo/client/react";

import { stateLabels } from "../agent-states.js";
import { ReadFailure } from "../errors/read-failure.js";
import type { AgentTimeQuery } from "../gql/graphql.js";
import { AgentTimeDocument } from "../gql/graphql.js";
import { formatDuration } from "../time/format-duration.js";

type DayTime = NonNullable<AgentTimeQuery["agent"]["time"]>;

/** How an agent spent the last 24 hours, by state and reason. */
export function AgentDay({ accountId, id }: { readonly accountId: string; readonly id: string }) {
  const { data, error, refetch } = useQuery(AgentTimeDocument, {
    variables: { accountId, id },
    // The time grows: what was fetched when the list was opened before is out of date.
    fetchPolicy: "network-only",
  });
  if (error !== undefined) return <ReadFailure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <p className="note">Loading times…</p>;
  const { time } = data.agent;
  if (time === null) return <p className="note">Not logged in within 24 hours.</p>;
  // The upstream counts no time of bots.
  if (time.states.length === 0) return <p className="note">No times are counted, as for bots.</p>;
  return <DayTimes time={time} />;
}

function DayTimes({ time: { loggedInSeconds, states, reasons } }: { readonly time: DayTime }) {
  return (
    <dl className="times" aria-label="Last 24 hours">
      {loggedInSeconds !== null && <Row label="Logged in" seconds={loggedInSeconds} />}
      {states.map(({ state, seconds }) => (
        <Row key={state} label={stateLabels[state]} seconds={seconds} />
      ))}
      {reasons.map(({ state, reason, seconds }) => (
        <Row
          key={`${state} ${reason?.id ?? ""}`}
          label={reason?.text ?? `${stateLabels[state]}, no reason`}
          seconds={seconds}
          isReason
        />
      ))}
    </dl>
  );
}

interface RowProps {
  readonly label: string;
  readonly seconds: number;
  readonly isReason?: boolean;
}

function Row({ label, seconds, isReason = false }: RowProps) {
  return (
    <div className={isReason ? "time-row faint" : "time-row"}>
      <dt>
        <bdi>{label}</bdi>
      </dt>
      <dd>{formatDuration(seconds)}</dd>
    </div>
  );
}
