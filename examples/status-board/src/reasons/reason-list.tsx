import type { ReasonFragment } from "../gql/graphql.js";
import { ReasonRow } from "./reason-row.js";
import { useReasonUsages } from "./use-reason-usages.js";

interface Props {
  readonly accountId: string;
  readonly reasons: readonly ReasonFragment[];
  readonly revision: string | null;
  /** Called with a message for the user. */
  readonly onDone: (message: string) => void;
  readonly onDeleted: (message: string) => void;
}

/** The list of reasons, each with its use in the last 24 hours and its actions. */
export function ReasonList({ accountId, reasons, ...rest }: Props) {
  const usageOf = useReasonUsages(accountId);
  return (
    <ul className="reasons" aria-label="Reasons">
      {reasons.map((reason) => (
        <ReasonRow key={reason.id} reason={reason} usage={usageOf(reason.id)} {...rest} />
      ))}
    </ul>
  );
}
