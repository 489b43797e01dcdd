import { Button, Form, Group, Input, Label, NumberField, Text } from "react-aria-components";
import type { SyntheticEvent } from "react";

import { FormDialog } from "../controls/form-dialog.js";

interface Props {
  readonly text: string;
  /** In minutes, if there is one. */
  readonly limit: number | undefined;
  readonly onSave: (limit: number | undefined) => void;
  readonly onClose: () => void;
}

/** The dialog for how long agents may have a reason. */
export function LimitForm({ text, limit, onSave, onClose }: Props) {
  const save = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const minutes = new FormData(event.currentTarget).get("limit") as string;
    onSave(minutes === "" ? undefined : Number(minutes));
  };
  return (
    <FormDialog title={<bdi>Time limit of {text}</bdi>} onClose={onClose}>
      <Form className="form" onSubmit={save}>
        <NumberField className="field" name="limit" minValue={1} maxValue={1440} defaultValue={limit ?? NaN}>
          <Label>Minutes</Label>
          <Group className="number">
            <Input className="input" autoFocus />
            <Button slot="decrement" className="button">
              −
            </Button>
            <Button slot="increment" className="button">
              +
            </Button>
          </Group>
          <Text slot="description" className="faint">
            Empty: the limit of its state. Limits are kept in this browser.
          </Text>
        </NumberField>
        <div className="actions">
          <Button type="submit" className="button primary">
            Save
          </Button>
          <Button className="button" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </Form>
    </FormDialog>
  );
}
