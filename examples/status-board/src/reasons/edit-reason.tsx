import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";

import { FormDialog } from "../controls/form-dialog.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";
import { ConflictNotice } from "./conflict-notice.js";
import { mergeDrafts } from "./reason-draft.js";
import type { ReasonDraft } from "./reason-draft.js";
import { ReasonForm } from "./reason-form.js";
import { useUpdateReason } from "./use-update-reason.js";

interface Props {
  readonly reason: ReasonFragment;
  readonly revision: string | null;
  /** Called with a message for the user; empty if the edit was cancelled. */
  readonly onClose: (message: string) => void;
}

/** The dialog to edit a reason. On a conflict, shows both versions and asks what to do. */
export function EditReason({ reason, revision, onClose }: Props) {
  const client = useApolloClient();
  // Refetches do not change it: it is what the edit began with.
  const [base] = useState(reason);
  const [mine, setMine] = useState<ReasonDraft>(reason);
  const { isRunning, failure, save, overwrite, forget } = useUpdateReason(reason, revision);
  const conflict = failure?.conflict;
  const closeIf = (isDone: boolean, { text }: ReasonDraft) => {
    if (isDone) onClose(`“${text}” is saved.`);
  };
  const submit = async (draft: ReasonDraft) => {
    setMine(draft);
    closeIf(await save(draft), draft);
  };
  const saveOver = async (draft: ReasonDraft, at: string | null) => {
    closeIf(await overwrite(draft, at), draft);
  };
  const takeTheirs = () => {
    void client.refetchQueries({ include: afterWrite.refetchQueries });
    onClose("Their version is kept.");
  };
  const cancel = () => {
    onClose("");
  };
  if (conflict?.kind === "STALE_REVISION" && conflict.current !== null) {
    const { current, currentRevision } = conflict;
    return (
      <FormDialog title="Two people edit this reason" onClose={forget}>
        <ConflictNotice
          mine={mine}
          theirs={current.deleted ? null : current}
          merged={mergeDrafts(base, mine, current)}
          isSaving={isRunning}
          onKeepEditing={forget}
          onSave={(draft) => void saveOver(draft, currentRevision)}
          onTakeTheirs={takeTheirs}
        />
      </FormDialog>
    );
  }
  return (
    <FormDialog title={<bdi>Edit {base.text}</bdi>} onClose={cancel}>
      <ReasonForm
        label={`Edit ${base.text}`}
        initial={mine}
        failure={failure}
        isSaving={isRunning}
        onSave={(draft) => void submit(draft)}
        onCancel={cancel}
      />
    </FormDialog>
  );
}
