import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";

interface Option {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
}

/** Selects any number of options; none stands for all. */
export function MultiSelect({ label, options, selected, onChange }: Props) {
  return (
    <Select
      className="field"
      selectionMode="multiple"
      placeholder="All"
      value={selected}
      onChange={(keys) => {
        onChange(keys.map(String));
      }}
    >
      <Label>{label}</Label>
      <Button className="button select-button">
        <SelectValue className="select-value">
          {({ defaultChildren, selectedText }) => selectedText || defaultChildren}
        </SelectValue>
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <ListBox className="list-box" items={options}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className="list-box-item">
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
