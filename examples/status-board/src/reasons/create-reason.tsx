import { useMutation } from "@apollo/client/react";
import { useState } from "react";

import { useAttempt } from "../errors/use-attempt.js";
import { CreateReasonDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";
import type { ReasonDraft } from "./reason-draft.js";
import { ReasonForm } from "./reason-form.js";

interface Props {
  readonly accountId: string;
  readonly onDone: (message: string) => void;
}

const blank: ReasonDraft = { text: "", state: "AWAY", enabled: true };

/** A button that opens the form for a new reason. */
export function CreateReason({ accountId, onDone }: Props) {
  const [mode, setMode] = useState<"closed" | "open" | "used">("closed");
  const [create] = useMutation(CreateReasonDocument, afterWrite);
  const { isRunning, failure, run } = useAttempt();
  const save = async (input: ReasonDraft) => {
    if (!(await run(() => create({ variables: { accountId, input } })))) return;
    setMode("used");
    onDone(`“${input.text}” is created.`);
  };
  if (mode !== "open") {
    return (
      <button
        className="primary"
        autoFocus={mode === "used"}
        onClick={() => {
          setMode("open");
        }}
      >
        New reason
      </button>
    );
  }
  return (
    <ReasonForm
      label="New reason"
      initial={blank}
      failure={failure}
      isSaving={isRunning}
      onSave={(draft) => void save(draft)}
      onCancel={() => {
        setMode("used");
      }}
    />
  );
}
