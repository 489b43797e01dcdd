import { useMutation } from "@apollo/client/react";

import { FormDialog } from "../controls/form-dialog.js";
import { useAttempt } from "../errors/use-attempt.js";
import { CreateReasonDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";
import type { ReasonDraft } from "./reason-draft.js";
import { ReasonForm } from "./reason-form.js";

interface Props {
  readonly accountId: string;
  /** Called with a message for the user; empty if nothing was created. */
  readonly onClose: (message: string) => void;
}

const blank: ReasonDraft = { text: "", state: "AWAY", enabled: true };

/** The dialog for a new reason. */
export function CreateReason({ accountId, onClose }: Props) {
  const [create] = useMutation(CreateReasonDocument, afterWrite);
  const { isRunning, failure, run } = useAttempt();
  const save = async (input: ReasonDraft) => {
    if (await run(() => create({ variables: { accountId, input } }))) onClose(`“${input.text}” is created.`);
  };
  const cancel = () => {
    onClose("");
  };
  return (
    <FormDialog title="New reason" onClose={cancel}>
      <ReasonForm
        label="New reason"
        initial={blank}
        failure={failure}
        isSaving={isRunning}
        onSave={(draft) => void save(draft)}
        onCancel={cancel}
      />
    </FormDialog>
  );
}
