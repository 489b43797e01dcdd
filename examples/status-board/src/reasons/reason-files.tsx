import { useApolloClient } from "@apollo/client/react";
import { Button, FileTrigger } from "react-aria-components";

import { FailureNotice } from "../errors/failure-notice.js";
import { useAttempt } from "../errors/use-attempt.js";
import { ReasonsDocument } from "../gql/graphql.js";
import { ImportPlan } from "./import-plan.js";
import { download, readReasonFile, writeReasonFile } from "./reason-file.js";
import { useImport } from "./use-import.js";
import type { PlannedStep } from "./use-import.js";

interface Props {
  readonly accountId: string;
  readonly canWrite: boolean;
  /** Called with a message for the user. */
  readonly onDone: (message: string) => void;
}

/** Buttons to export all reasons to a file, and to import a file once its plan has been seen. */
export function ReasonFiles({ accountId, canWrite, onDone }: Props) {
  const client = useApolloClient();
  const { isRunning, failure, run } = useAttempt();
  const { choose, apply, cancel, ...current } = useImport(accountId);
  const { chosen } = current;
  const exportAll = async () => {
    const variables = { accountId, filter: {} };
    const { data } = await client.query({ query: ReasonsDocument, variables, fetchPolicy: "network-only" });
    if (data) download(writeReasonFile(data.statusReasons.nodes), `reasons-${accountId}.json`);
  };
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    const reasons = await readReasonFile(file);
    if (reasons === undefined) onDone(`“${file.name}” has no list of reasons.`);
    else await choose({ reasons, deleteOthers: false });
  };
  const write = async () => {
    const steps = await apply();
    if (steps === undefined) return;
    cancel();
    onDone(outcomeOf(steps));
  };
  return (
    <>
      <Button className="button" isDisabled={isRunning} onPress={() => void run(exportAll)}>
        Export
      </Button>
      {canWrite && (
        <FileTrigger acceptedFileTypes={[".json"]} onSelect={(files) => void read(files?.[0])}>
          <Button className="button">Import…</Button>
        </FileTrigger>
      )}
      {failure !== undefined && <FailureNotice failure={failure} />}
      {chosen !== undefined && (
        <ImportPlan
          {...current}
          chosen={chosen}
          onDeleteOthers={(deleteOthers) => void choose({ ...chosen, deleteOthers })}
          onApply={() => void write()}
          onCancel={cancel}
        />
      )}
    </>
  );
}

function outcomeOf(steps: readonly PlannedStep[]): string {
  const failed = steps.filter(({ outcome }) => outcome !== "DONE" && outcome !== "UNCHANGED");
  if (failed.length === 0) return "The file is imported.";
  const why = failed.find(({ error }) => error !== null)?.error?.message ?? "it is not known why";
  return `${failed.length} of ${steps.length} reasons could not be imported: ${why}. Import the file again.`;
}
