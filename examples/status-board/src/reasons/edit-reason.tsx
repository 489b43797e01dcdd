import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";

import type { ReasonFragment } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";
import { ConflictNotice } from "./conflict-notice.js";
import type { ReasonDraft } from "./reason-draft.js";
import { ReasonForm } from "./reason-form.js";
import { useUpdateReason } from "./use-update-reason.js";

interface Props {
  readonly reason: ReasonFragment;
  readonly revision: string | null;
  /** Called with a message for the user; empty if the edit was cancelled. */
  readonly onClose: (message: string) => void;
}

/** The form to edit a reason. On a conflict, shows both versions and asks which one to keep. */
export function EditReason({ reason, revision, onClose }: Props) {
  const client = useApolloClient();
  const [mine, setMine] = useState<ReasonDraft>(reason);
  const { isRunning, failure, save, overwrite } = useUpdateReason(reason, revision);
  const conflict = failure?.conflict;
  const closeIf = (isDone: boolean, { text }: ReasonDraft) => {
    if (isDone) onClose(`“${text}” is saved.`);
  };
  const submit = async (draft: ReasonDraft) => {
    setMine(draft);
    closeIf(await save(draft), draft);
  };
  const keepTheirs = () => {
    void client.refetchQueries({ include: afterWrite.refetchQueries });
    onClose("Their version is kept.");
  };
  if (conflict?.kind === "STALE_REVISION" && conflict.current !== null) {
    const { current, currentRevision } = conflict;
    return (
      <ConflictNotice
        mine={mine}
        theirs={current.deleted ? null : current}
        isSaving={isRunning}
        onKeepTheirs={keepTheirs}
        onOverwrite={() =>
          void overwrite(mine, currentRevision).then((isDone) => {
            closeIf(isDone, mine);
          })
        }
      />
    );
  }
  return (
    <ReasonForm
      label={`Edit ${reason.text}`}
      initial={mine}
      failure={failure}
      isSaving={isRunning}
      onSave={(draft) => void submit(draft)}
      onCancel={() => {
        onClose("");
      }}
    />
  );
}
