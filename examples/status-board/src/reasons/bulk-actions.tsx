import { useMutation } from "@apollo/client/react";
import { Button } from "react-aria-components";

import { FailureNotice } from "../errors/failure-notice.js";
import { useAttempt } from "../errors/use-attempt.js";
import type { UpdateReasonsMutation } from "../gql/graphql.js";
import { UpdateReasonsDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";

interface Props {
  readonly accountId: string;
  readonly ids: readonly string[];
  /** Called with a message for the user, and the ids of reasons that were not changed. */
  readonly onDone: (message: string, remaining: readonly string[]) => void;
}

/** Enables or disables the selected reasons, and says of how many that succeeded. */
export function BulkActions({ accountId, ids, onDone }: Props) {
  const [update] = useMutation(UpdateReasonsDocument, afterWrite);
  const { isRunning, failure, run } = useAttempt();
  const write = async (enabled: boolean) => {
    const items = ids.map((id) => ({ id, enabled }));
    const { data } = await update({ variables: { accountId, input: { items } } });
    if (!data?.updateStatusReasons) return;
    const failed = failures(data.updateStatusReasons.results);
    onDone(
      describe(enabled, ids.length, failed),
      failed.map(({ id }) => id),
    );
  };
  const button = (label: string, enabled: boolean) => (
    <Button className="button" isDisabled={isRunning} onPress={() => void run(() => write(enabled))}>
      {label}
    </Button>
  );
  return (
    <div className="bulk" role="group" aria-label="Selected reasons">
      <span>{ids.length} selected</span>
      {button("Enable", true)}
      {button("Disable", false)}
      {failure !== undefined && <FailureNotice failure={failure} />}
    </div>
  );
}

type Results = NonNullable<UpdateReasonsMutation["updateStatusReasons"]>["results"];

function failures(results: Results): Results {
  return results.filter(({ outcome }) => outcome !== "DONE" && outcome !== "UNCHANGED");
}

function describe(enabled: boolean, count: number, failed: Results): string {
  const verb = enabled ? "enabled" : "disabled";
  if (failed.length === 0) return `${count} ${count === 1 ? "reason is" : "reasons are"} ${verb}.`;
  const why = failed.find(({ error }) => error !== null)?.error?.message ?? "it is not known why";
  return `${count - failed.length} of ${count} reasons are ${verb}. The others stay selected: ${why}.`;
}
