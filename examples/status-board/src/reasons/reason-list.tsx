import { GridList } from "react-aria-components";

import { ReasonRow } from "./reason-row.js";
import type { ListedReason } from "./reason-row.js";
import type { ReasonAction } from "./reason-menu.js";

interface Props {
  readonly reasons: readonly ListedReason[];
  readonly canWrite: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onAction: (action: ReasonAction, reason: ListedReason) => void;
}

/** The list of reasons, each with its use and its menu. */
export function ReasonList({ reasons, canWrite, selected, onSelect, onAction }: Props) {
  return (
    <GridList
      className="reasons"
      aria-label="Reasons"
      selectionMode={canWrite ? "multiple" : "none"}
      selectedKeys={selected}
      onSelectionChange={(keys) => {
        onSelect(new Set(keys === "all" ? reasons.map(({ reason }) => reason.id) : [...keys].map(String)));
      }}
    >
      {reasons.map((listed) => (
        <ReasonRow
          key={listed.reason.id}
          {...listed}
          canWrite={canWrite}
          onAction={(action) => {
            onAction(action, listed);
          }}
        />
      ))}
    </GridList>
  );
}
