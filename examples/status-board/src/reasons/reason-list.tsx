import type { ReasonFragment } from "../gql/graphql.js";
import { ReasonRow } from "./reason-row.js";

interface Props {
  readonly reasons: readonly ReasonFragment[];
  readonly revision: string | null;
  /** Told what was done, in words for people. */
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/** The reasons, each with what can be done to it. */
export function ReasonList({ reasons, ...rest }: Props) {
  return (
    <ul className="reasons" aria-label="Reasons">
      {reasons.map((reason) => (
        <ReasonRow key={reason.id} reason={reason} {...rest} />
      ))}
    </ul>
  );
}
