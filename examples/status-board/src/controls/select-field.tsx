import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";

interface Props {
  readonly label: string;
  readonly name: string;
  /** The values and their labels. */
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly defaultValue: string;
}

/** Selects one option, with a label and an error, which the form around it may set. */
export function SelectField({ label, name, options, defaultValue }: Props) {
  return (
    <Select className="field" name={name} defaultValue={defaultValue}>
      <Label>{label}</Label>
      <Button className="button select-button">
        <SelectValue className="select-value" />
        <span aria-hidden="true">▾</span>
      </Button>
      <FieldError className="field-error" />
      <Popover className="popover">
        <ListBox className="list-box">
          {options.map(([value, text]) => (
            <ListBoxItem key={value} id={value} className="list-box-item">
              {text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
