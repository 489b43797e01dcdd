import { GridListItem } from "react-aria-components";

import { stateLabels } from "../agent-states.js";
import { CheckField } from "../controls/check-field.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { formatDuration } from "../time/format-duration.js";
import { ReasonMenu } from "./reason-menu.js";
import type { ReasonAction } from "./reason-menu.js";
import type { ReasonUsage } from "./use-reason-usages.js";

/** A reason with how it is used. */
export interface ListedReason {
  readonly reason: ReasonFragment;
  /** How many agents have it now; undefined while it is not known. */
  readonly agentCount: number | undefined;
  /** undefined while it is not known. */
  readonly usage: ReasonUsage | undefined;
  /** In minutes, if it has a limit of its own. */
  readonly limit: number | undefined;
}

interface Props extends ListedReason {
  readonly canWrite: boolean;
  readonly onAction: (action: ReasonAction) => void;
}

/** One reason of the list. */
export function ReasonRow({ reason, agentCount, usage, limit, canWrite, onAction }: Props) {
  const { id, text, state, enabled } = reason;
  return (
    <GridListItem id={id} textValue={text} className={enabled ? "reason" : "reason disabled"}>
      {canWrite && <CheckField slot="selection" aria-label={`Select ${text}`} />}
      <div className="reason-body">
        <bdi className="reason-text">{text}</bdi>
        <ul className="facts">
          <li className="state" data-state={state}>
            {stateLabels[state]}
          </li>
          {!enabled && <li className="badge">Disabled</li>}
          {agentCount !== undefined && <li>{agentCount} now</li>}
          {usage !== undefined && <UsageFact usage={usage} />}
          {limit !== undefined && <li>Limit {formatDuration(limit * 60)}</li>}
        </ul>
      </div>
      <ReasonMenu reason={reason} canWrite={canWrite} onAction={onAction} />
    </GridListItem>
  );
}

function UsageFact({ usage: { agentCount, seconds } }: { readonly usage: ReasonUsage }) {
  if (agentCount === 0) return <li className="usage">24 h: not used</li>;
  return (
    <li className="usage">
      24 h: {agentCount === 1 ? "1 agent" : `${agentCount} agents`},{" "}
      <span className="duration">{formatDuration(seconds)}</span>
    </li>
  );
}
