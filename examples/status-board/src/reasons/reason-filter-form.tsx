import type { SyntheticEvent } from "react";
import { Button, Form } from "react-aria-components";

import { reasonStateOptions } from "../agent-states.js";
import { SelectField } from "../controls/select-field.js";
import { TextField } from "../controls/text-field.js";
import type { AgentState, StatusReasonFilter } from "../gql/graphql.js";

interface Props {
  readonly onFilter: (filter: StatusReasonFilter) => void;
}

const any = "ANY";
const anyOption = [any, "Any"] as const;
const availability = [anyOption, ["true", "Enabled"], ["false", "Disabled"]] as const;

/** The form to filter the list. The gateway applies the filter. */
export function ReasonFilterForm({ onFilter }: Props) {
  const apply = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    onFilter(filterOf(new FormData(event.currentTarget)));
  };
  return (
    <Form className="filter" role="search" aria-label="Filter reasons" onSubmit={apply}>
      <TextField label="Text contains" name="text" type="search" />
      <SelectField
        label="For state"
        name="state"
        options={[anyOption, ...reasonStateOptions]}
        defaultValue={any}
      />
      <SelectField label="Availability" name="enabled" options={availability} defaultValue={any} />
      <Button type="submit" className="button">
        Filter
      </Button>
    </Form>
  );
}

/** Omits the fields that have no value. */
function filterOf(form: FormData): StatusReasonFilter {
  const [text, state, enabled] = ["text", "state", "enabled"].map((name) => form.get(name) as string);
  return {
    ...(text && { text }),
    ...(state !== any && { state: state as AgentState }),
    ...(enabled !== any && { enabled: enabled === "true" }),
  };
}
