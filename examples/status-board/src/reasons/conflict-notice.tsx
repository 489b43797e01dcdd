import { Button } from "react-aria-components";

import { stateLabels } from "../agent-states.js";
import { isSame } from "./reason-draft.js";
import type { ReasonDraft } from "./reason-draft.js";

interface Props {
  readonly mine: ReasonDraft;
  /** null if somebody else deleted the reason. */
  readonly theirs: ReasonDraft | null;
  /** Both persons' changes. */
  readonly merged: ReasonDraft;
  readonly isSaving: boolean;
  readonly onKeepEditing: () => void;
  readonly onSave: (draft: ReasonDraft) => void;
  readonly onTakeTheirs: () => void;
}

const rows = [
  ["Text", ({ text }: ReasonDraft) => text],
  ["State", ({ state }: ReasonDraft) => stateLabels[state]],
  ["Availability", ({ enabled }: ReasonDraft) => (enabled ? "Enabled" : "Disabled")],
] as const;

/** Shows the other person's version and one's own, and asks what to do. The default loses nothing: to go on editing. */
export function ConflictNotice({
  mine,
  theirs,
  merged,
  isSaving,
  onKeepEditing,
  onSave,
  onTakeTheirs,
}: Props) {
  // Where a merge is one of the two versions, it is no third choice.
  const canMerge = theirs !== null && !isSame(merged, mine) && !isSame(merged, theirs);
  return (
    <div className="conflict" role="alert">
      <p>
        {theirs === null
          ? "Somebody else deleted this reason while you edited it."
          : "Somebody else changed this reason while you edited it."}
      </p>
      {theirs !== null && <Comparison mine={mine} theirs={theirs} />}
      <div className="actions">
        <Button className="button primary" autoFocus onPress={onKeepEditing}>
          Keep editing
        </Button>
        {canMerge && (
          <Button
            className="button"
            isDisabled={isSaving}
            onPress={() => {
              onSave(merged);
            }}
          >
            Merge both
          </Button>
        )}
        {theirs !== null && (
          <Button
            className="button"
            isDisabled={isSaving}
            onPress={() => {
              onSave(mine);
            }}
          >
            Overwrite with mine
          </Button>
        )}
        <Button className="button" onPress={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
    </div>
  );
}

function Comparison({ mine, theirs }: { readonly mine: ReasonDraft; readonly theirs: ReasonDraft }) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">Theirs</th>
          <th scope="col">Mine</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, read]) => (
          <tr key={label} className={read(mine) === read(theirs) ? "faint" : "differs"}>
            <th scope="row">{label}</th>
            <td>{read(theirs)}</td>
            <td>{read(mine)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
