import type { ReasonFragment } from "../gql/graphql.js";
import { ReasonRow } from "./reason-row.js";

interface Props {
  readonly reasons: readonly ReasonFragment[];
  readonly revision: string | null;
  /** Called with a message for the user. */
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/** The list of reasons, each with its actions. */
export function ReasonList({ reasons, ...rest }: Props) {
  return (
    <ul className="reasons" aria-label="Reasons">
      {reasons.map((reason) => (
        <ReasonRow key={reason.id} reason={reason} {...rest} />
      ))}
    </ul>
  );
}
