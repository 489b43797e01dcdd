import { useEffect, useRef } from "react";
import type { SubmitEvent } from "react";

import { reasonStateOptions } from "../agent-states.js";
import { SelectField } from "../controls/select-field.js";
import { TextField } from "../controls/text-field.js";
import { FailureNotice } from "../errors/failure-notice.js";
import type { GatewayFailure } from "../errors/gateway-failure.js";
import type { ReasonDraft } from "./reason-draft.js";

interface Props {
  readonly label: string;
  readonly initial: ReasonDraft;
  readonly failure: GatewayFailure | undefined;
  readonly isSaving: boolean;
  readonly onSave: (draft: ReasonDraft) => void;
  readonly onCancel: () => void;
}

/** The form for the fields of a reason. Shows validation errors of the gateway at their fields. */
export function ReasonForm({ label, initial, failure, isSaving, onSave, onCancel }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(draftOf(new FormData(event.currentTarget)));
  };
  const fields = failure?.fields ?? {};
  const isGeneral = failure !== undefined && Object.keys(fields).length === 0;
  return (
    <form className="reason-form" aria-label={label} ref={form} onSubmit={save}>
      <TextField
        label="Text"
        name="text"
        required
        maxLength={100}
        autoFocus
        defaultValue={initial.text}
        error={fields.text}
      />
      <SelectField
        label="State"
        name="state"
        options={reasonStateOptions}
        defaultValue={initial.state}
        error={fields.state}
      />
      <label className="check">
        <input type="checkbox" name="enabled" defaultChecked={initial.enabled} /> Agents can choose it
      </label>
      {isGeneral && <FailureNotice failure={failure} />}
      <div className="actions">
        <button className="primary" disabled={isSaving}>
          {isSaving ? "Saving…" : "Save"}
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function draftOf(form: FormData): ReasonDraft {
  return {
    text: form.get("text") as string,
    state: form.get("state") as ReasonDraft["state"],
    enabled: form.has("enabled"),
  };
}
