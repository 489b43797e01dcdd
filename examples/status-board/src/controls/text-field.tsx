import { useId } from "react";
import type { ComponentProps } from "react";

import { FieldError } from "./field-error.js";

interface Props extends ComponentProps<"input"> {
  readonly label: string;
  /** The error of the value, if any. */
  readonly error?: string | undefined;
}

/** A text input with a label and an error. */
export function TextField({ label, error, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-invalid={error !== undefined} aria-describedby={`${id}-error`} {...input} />
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
