import { useMutation } from "@apollo/client/react";
import { useState } from "react";

import { failureOf } from "../errors/gateway-failure.js";
import type { Attempt } from "../errors/use-attempt.js";
import { useAttempt } from "../errors/use-attempt.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { UpdateReasonDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";
import { isSame } from "./reason-draft.js";
import type { ReasonDraft } from "./reason-draft.js";

interface Update extends Pick<Attempt, "isRunning" | "failure"> {
  /** Writes if the reason is still what it was; resolves to whether it succeeded. */
  readonly save: (draft: ReasonDraft) => Promise<boolean>;
  /** Writes over what is at `revision`. */
  readonly overwrite: (draft: ReasonDraft, revision: string | null) => Promise<boolean>;
}

/** Updates a reason under the revision at which the person began to edit it. */
export function useUpdateReason(reason: ReasonFragment, revision: string | null): Update {
  // Later refetches must not move it: what changes from now on is a conflict.
  const [base] = useState({ reason, revision });
  const [update] = useMutation(UpdateReasonDocument, afterWrite);
  const { isRunning, failure, run } = useAttempt();
  const write = ({ text, state, enabled }: ReasonDraft, ifRevision: string | null) => {
    const { accountId, id } = base.reason;
    return update({ variables: { accountId, id, input: { text, state, enabled }, ifRevision } });
  };
  const writeUnlessChanged = async (draft: ReasonDraft) => {
    try {
      await write(draft, base.revision);
    } catch (error) {
      const { conflict } = failureOf(error);
      const current = conflict?.kind === "STALE_REVISION" ? conflict.current : null;
      // The revision is the whole collection's: where only others of it changed there is nothing to decide.
      if (!conflict || !current || current.deleted || !isSame(current, base.reason)) throw error;
      await write(draft, conflict.currentRevision);
    }
  };
  return {
    isRunning,
    failure,
    save: (draft) => run(() => writeUnlessChanged(draft)),
    overwrite: (draft, at) => run(() => write(draft, at)),
  };
}
