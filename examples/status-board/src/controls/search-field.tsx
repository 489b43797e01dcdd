import { Button, Input, Label, SearchField as AriaSearchField } from "react-aria-components";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A search input that Escape and its button clear. */
export function SearchField({ label, value, onChange }: Props) {
  return (
    <AriaSearchField className="field search" value={value} onChange={onChange}>
      <Label>{label}</Label>
      <div className="search-box">
        <Input className="input" />
        {value !== "" && (
          <Button className="clear" aria-label="Clear">
            ✕
          </Button>
        )}
      </div>
    </AriaSearchField>
  );
}
