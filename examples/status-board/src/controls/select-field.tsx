import { useId } from "react";
import type { ComponentProps } from "react";

import { FieldError } from "./field-error.js";

interface Props extends ComponentProps<"select"> {
  readonly label: string;
  /** Values and what people read for them. */
  readonly options: readonly (readonly [value: string, label: string])[];
  /** What is wrong with the value, if anything. */
  readonly error?: string | undefined;
}

/** A labelled choice that says what is wrong with its value. */
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
