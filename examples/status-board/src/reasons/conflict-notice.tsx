import { stateLabels } from "../agent-states.js";
import type { ReasonDraft } from "./reason-draft.js";

interface Props {
  readonly mine: ReasonDraft;
  /** null if somebody else deleted the reason. */
  readonly theirs: ReasonDraft | null;
  readonly isSaving: boolean;
  readonly onKeepTheirs: () => void;
  readonly onOverwrite: () => void;
}

const rows = [
  ["Text", ({ text }: ReasonDraft) => text],
  ["State", ({ state }: ReasonDraft) => stateLabels[state]],
  ["Availability", ({ enabled }: ReasonDraft) => (enabled ? "Enabled" : "Disabled")],
] as const;

/** Shows the other person's version and one's own, and asks which one to keep. */
export function ConflictNotice({ mine, theirs, isSaving, onKeepTheirs, onOverwrite }: Props) {
  return (
    <div className="notice conflict" role="alert">
      <p>
        {theirs === null
          ? "Somebody else deleted this reason while you edited it."
          : "Somebody else changed this reason while you edited it."}
      </p>
      {theirs !== null && <Comparison mine={mine} theirs={theirs} />}
      <div className="actions">
        <button className="primary" autoFocus onClick={onKeepTheirs}>
          Keep theirs
        </button>
        {theirs !== null && (
          <button className="danger" onClick={onOverwrite} disabled={isSaving}>
            Overwrite with mine
          </button>
        )}
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
