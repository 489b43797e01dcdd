import { FieldError, Input, Label, TextField as AriaTextField } from "react-aria-components";
import type { TextFieldProps } from "react-aria-components";

interface Props extends Omit<TextFieldProps, "children" | "className"> {
  readonly label: string;
}

/** A text input with a label and an error, which the form around it may set. */
export function TextField({ label, ...field }: Props) {
  return (
    <AriaTextField className="field" {...field}>
      <Label>{label}</Label>
      <Input className="input" />
      <div aria-live="assertive">
        <FieldError className="field-error" />
      </div>
    </AriaTextField>
  );
}
