import { useEffect, useRef } from "react";
import type { SyntheticEvent } from "react";
import { Button, Form } from "react-aria-components";

import { reasonStateOptions } from "../agent-states.js";
import { CheckField } from "../controls/check-field.js";
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

/** The form for the fields of a reason. The gateway validates them; its messages are shown at the fields. */
export function ReasonForm({ label, initial, failure, isSaving, onSave, onCancel }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);
  const save = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(draftOf(new FormData(event.currentTarget)));
  };
  const fields = failure?.fields ?? {};
  const isGeneral = failure !== undefined && Object.keys(fields).length === 0;
  return (
    <Form
      className="form"
      aria-label={label}
      ref={form}
      onSubmit={save}
      validationBehavior="aria"
      validationErrors={fields}
    >
      <TextField label="Text" name="text" maxLength={100} autoFocus defaultValue={initial.text} />
      <SelectField label="State" name="state" options={reasonStateOptions} defaultValue={initial.state} />
      <CheckField label="Agents can choose it" name="enabled" defaultSelected={initial.enabled} />
      {isGeneral && <FailureNotice failure={failure} />}
      <div className="actions">
        <Button type="submit" className="button primary" isDisabled={isSaving}>
          {isSaving ? "Saving…" : "Save"}
        </Button>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </Form>
  );
}

function draftOf(form: FormData): ReasonDraft {
  return {
    text: form.get("text") as string,
    state: form.get("state") as ReasonDraft["state"],
    enabled: form.has("enabled"),
  };
}
