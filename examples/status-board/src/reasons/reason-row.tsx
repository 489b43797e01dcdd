import { useState } from "react";

import { stateLabels } from "../agent-states.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { formatDuration } from "../time/format-duration.js";
import { EditReason } from "./edit-reason.js";
import { ReasonActions } from "./reason-actions.js";
import type { ReasonUsage } from "./use-reason-usages.js";

interface Props {
  readonly reason: ReasonFragment;
  readonly revision: string | null;
  /** undefined while it is not known. */
  readonly usage: ReasonUsage | undefined;
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/** One reason, or the form to edit it. */
export function ReasonRow({ reason, revision, usage, onDone, onDeleted }: Props) {
  const [mode, setMode] = useState<"shown" | "editing" | "edited">("shown");
  const close = (message: string) => {
    setMode("edited");
    onDone(message);
  };
  if (mode === "editing") {
    return (
      <li>
        <EditReason reason={reason} revision={revision} onClose={close} />
      </li>
    );
  }
  return (
    <li className={reason.enabled ? "reason" : "reason disabled"}>
      <p className="reason-text">
        <bdi>{reason.text}</bdi>
      </p>
      <p className="faint">
        {stateLabels[reason.state]}
        {!reason.enabled && <span className="badge">Disabled</span>}
        {usage !== undefined && <span className="usage">{usageText(usage)}</span>}
      </p>
      <ReasonActions
        reason={reason}
        // The focus returns to the button that opened the form.
        focusEdit={mode === "edited"}
        onEdit={() => {
          setMode("editing");
        }}
        onDone={onDone}
        onDeleted={onDeleted}
      />
    </li>
  );
}

function usageText({ agentCount, seconds }: ReasonUsage): string {
  if (agentCount === 0) return "24 h: not used";
  const agents = agentCount === 1 ? "1 agent" : `${agentCount} agents`;
  return `24 h: ${agents}, ${formatDuration(seconds)}`;
}
