import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import type { ReasonFragment } from "../gql/graphql.js";

/** What can be done with one reason. */
export type ReasonAction = "edit" | "toggle" | "limit" | "delete";

interface Props {
  readonly reason: ReasonFragment;
  /** Whether the actions that write are offered. */
  readonly canWrite: boolean;
  readonly onAction: (action: ReasonAction) => void;
}

/** The menu of a reason's row. */
export function ReasonMenu({ reason: { text, enabled }, canWrite, onAction }: Props) {
  const items: readonly (readonly [ReasonAction, string])[] = canWrite
    ? [
        ["edit", "Edit…"],
        ["toggle", enabled ? "Disable" : "Enable"],
        ["limit", "Time limit…"],
        ["delete", "Delete…"],
      ]
    : [["limit", "Time limit…"]];
  return (
    <MenuTrigger>
      <Button className="button menu-button" aria-label={`Actions for ${text}`}>
        ⋯
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="list-box"
          onAction={(action) => {
            onAction(action as ReasonAction);
          }}
        >
          {items.map(([action, label]) => (
            <MenuItem key={action} id={action} className="list-box-item" data-danger={action === "delete"}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
