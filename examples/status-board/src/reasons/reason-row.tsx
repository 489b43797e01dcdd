import { useState } from "react";

import { stateLabels } from "../agent-states.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { EditReason } from "./edit-reason.js";
import { ReasonActions } from "./reason-actions.js";

interface Props {
  readonly reason: ReasonFragment;
  readonly revision: string | null;
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/** One reason, or the form to edit it. */
export function ReasonRow({ reason, revision, onDone, onDeleted }: Props) {
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
