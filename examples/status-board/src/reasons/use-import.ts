import { useMutation } from "@apollo/client/react";
import { useState } from "react";

import type { Attempt } from "../errors/use-attempt.js";
import { useAttempt } from "../errors/use-attempt.js";
import { ApplyReasonsDocument } from "../gql/graphql.js";
import type { ApplyReasonsMutation, DesiredStatusReasonInput } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";

type Applied = NonNullable<ApplyReasonsMutation["applyStatusReasons"]>;

/** What is done about one reason. */
export type PlannedStep = Applied["plan"][number];

/** What an import is to do. */
export interface Import {
  readonly reasons: readonly DesiredStatusReasonInput[];
  /** Whether reasons that are not in the file are deleted. */
  readonly deleteOthers: boolean;
}

interface ImportControl extends Pick<Attempt, "isRunning" | "failure"> {
  readonly chosen: Import | undefined;
  /** undefined while it is not known. */
  readonly plan: readonly PlannedStep[] | undefined;
  /** Makes the plan by a dry run; nothing is written. */
  readonly choose: (chosen: Import) => Promise<void>;
  /** Does what is planned, unless somebody has changed the account since; resolves to the outcomes. */
  readonly apply: () => Promise<readonly PlannedStep[] | undefined>;
  readonly cancel: () => void;
}

/** The import of a file: what it would do, and then doing that. */
export function useImport(accountId: string): ImportControl {
  const [chosen, setChosen] = useState<Import>();
  const [planned, setPlanned] = useState<Applied>();
  const [dryRun] = useMutation(ApplyReasonsDocument);
  const [write] = useMutation(ApplyReasonsDocument, afterWrite);
  const { isRunning, failure, run } = useAttempt();
  const choose = async (next: Import) => {
    setChosen(next);
    setPlanned(undefined);
    await run(async () => {
      const input = { reasons: [...next.reasons], deleteOthers: next.deleteOthers, dryRun: true };
      const { data } = await dryRun({ variables: { accountId, input } });
      setPlanned(data?.applyStatusReasons ?? undefined);
    });
  };
  const apply = async () => {
    if (chosen === undefined || planned === undefined) return undefined;
    let steps: readonly PlannedStep[] | undefined;
    await run(async () => {
      const input = { reasons: [...chosen.reasons], deleteOthers: chosen.deleteOthers };
      const { data } = await write({ variables: { accountId, input, ifRevision: planned.revision } });
      steps = data?.applyStatusReasons?.plan;
    });
    return steps;
  };
  const cancel = () => {
    setChosen(undefined);
  };
  return { isRunning, failure, chosen, plan: planned?.plan, choose, apply, cancel };
}
