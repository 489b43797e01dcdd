import { useMutation } from "@apollo/client/react";
import { useState } from "react";

import { ConfirmDialog } from "../controls/confirm-dialog.js";
import { FailureNotice } from "../errors/failure-notice.js";
import { useAttempt } from "../errors/use-attempt.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { DeleteReasonDocument, UpdateReasonDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";

interface Props {
  readonly reason: ReasonFragment;
  readonly focusEdit: boolean;
  readonly onEdit: () => void;
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/**
 * Buttons to edit, enable or disable, and delete a reason. Enable, disable and delete are sent without a revision: the
 * gateway retries them on a conflict.
 */
export function ReasonActions({ reason, focusEdit, onEdit, onDone, onDeleted }: Props) {
  const { accountId, id, text, enabled } = reason;
  const [update] = useMutation(UpdateReasonDocument, afterWrite);
  const [remove] = useMutation(DeleteReasonDocument, afterWrite);
  const [isAsking, setAsking] = useState(false);
  const { isRunning, failure, run } = useAttempt();
  const toggle = async () => {
    const input = { enabled: !enabled };
    const isDone = await run(() => update({ variables: { accountId, id, input } }));
    if (isDone) onDone(`“${text}” is ${enabled ? "disabled" : "enabled"}.`);
  };
  const confirmDeletion = async () => {
    setAsking(false);
    if (await run(() => remove({ variables: { accountId, id } }))) onDeleted(`“${text}” is deleted.`);
  };
  return (
    <>
      <div className="actions" role="group" aria-label={text}>
        <button onClick={onEdit} autoFocus={focusEdit}>
          Edit
        </button>
        <button onClick={() => void toggle()} disabled={isRunning}>
          {enabled ? "Disable" : "Enable"}
        </button>
        <button
          className="danger"
          disabled={isRunning}
          onClick={() => {
            setAsking(true);
          }}
        >
          Delete
        </button>
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {isAsking && (
        <ConfirmDialog
          question={`Delete “${text}”?`}
          consequence="Agents can no longer choose it."
          confirmLabel="Delete"
          onConfirm={() => void confirmDeletion()}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
