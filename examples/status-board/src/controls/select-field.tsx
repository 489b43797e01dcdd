import { useId } from "react";
import type { ComponentProps } from "react";

import { FieldError } from "./field-error.js";

interface Props extends ComponentProps<"select"> {
  readonly label: string;
  /** The values and their labels. */
  readonly options: readonly (readonly [value: string, label: string])[];
  /** The error of the value, if any. */
  readonly error?: string | undefined;
}

/** A select with a label and an error. */
export function SelectField({ label, options, error, ...select }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} aria-invalid={error !== undefined} aria-describedby={`${id}-error`} {...select}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
