import { useMutation } from "@apollo/client/react";

import { ConfirmDialog } from "../controls/confirm-dialog.js";
import { FailureNotice } from "../errors/failure-notice.js";
import { useAttempt } from "../errors/use-attempt.js";
import { DeleteReasonDocument } from "../gql/graphql.js";
import { formatDuration } from "../time/format-duration.js";
import { afterWrite } from "./after-write.js";
import type { ListedReason } from "./reason-row.js";

interface Props {
  readonly listed: ListedReason;
  readonly onDeleted: (message: string) => void;
  readonly onCancel: () => void;
}

/** Says what the deletion of a reason touches, and deletes it once that is confirmed. */
export function DeleteReason({ listed, onDeleted, onCancel }: Props) {
  const { accountId, id, text } = listed.reason;
  const [remove] = useMutation(DeleteReasonDocument, afterWrite);
  const { failure, run } = useAttempt();
  const confirm = async () => {
    if (await run(() => remove({ variables: { accountId, id } }))) onDeleted(`“${text}” is deleted.`);
  };
  return (
    <ConfirmDialog
      question={`Delete “${text}”?`}
      confirmLabel="Delete"
      onConfirm={() => void confirm()}
      onCancel={onCancel}
    >
      <p>{impactOf(listed)}</p>
      <p>It cannot be undone, and its text stays taken. To keep the reason for later, disable it.</p>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </ConfirmDialog>
  );
}

function impactOf({ agentCount, usage }: ListedReason): string {
  const now =
    agentCount === undefined
      ? "How many agents have it now is not known."
      : agentCount === 0
        ? "No agent has it now."
        : `${agentCount === 1 ? "1 agent has" : `${agentCount} agents have`} it now, and can no longer choose it.`;
  if (usage === undefined || usage.agentCount === 0) return now;
  return `${now} In the last 24 hours it was given for ${formatDuration(usage.seconds)}.`;
}
