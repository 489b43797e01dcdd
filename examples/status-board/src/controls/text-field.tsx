import { useId } from "react";
import type { ComponentProps } from "react";

import { FieldError } from "./field-error.js";

interface Props extends ComponentProps<"input"> {
  readonly label: string;
  /** What is wrong with the value, if anything. */
  readonly error?: string | undefined;
}

/** A labelled text input that says what is wrong with its value. */
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
