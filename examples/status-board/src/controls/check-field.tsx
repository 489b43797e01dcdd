import { CheckboxButton, CheckboxField } from "react-aria-components";
import type { CheckboxFieldProps } from "react-aria-components";

interface Props extends Omit<CheckboxFieldProps, "children" | "className"> {
  /** The visible label; without one, `aria-label` names the checkbox. */
  readonly label?: string;
}

/** A checkbox with a label. */
export function CheckField({ label, ...field }: Props) {
  return (
    <CheckboxField {...field}>
      <CheckboxButton className="check">
        {({ isSelected }) => (
          <>
            <span className="check-box" aria-hidden="true">
              {isSelected && "✓"}
            </span>
            {label}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
