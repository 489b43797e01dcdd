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

interface Update extends Pick<Attempt, "isRunning" | "failure" | "forget"> {
  /** Saves the draft unless the reason has changed; resolves to whether it succeeded. */
  readonly save: (draft: ReasonDraft) => Promise<boolean>;
  /** Saves the draft over the version at `revision`. */
  readonly overwrite: (draft: ReasonDraft, revision: string | null) => Promise<boolean>;
}

/** Updates a reason with the revision at which the edit began. */
export function useUpdateReason(reason: ReasonFragment, revision: string | null): Update {
  // Refetches do not change it: any later change is a conflict.
  const [base] = useState({ reason, revision });
  const [update] = useMutation(UpdateReasonDocument, afterWrite);
  const { isRunning, failure, forget, run } = useAttempt();
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
      // The revision is that of the collection: if only other reasons changed, there is no conflict to resolve.
      if (!conflict || !current || current.deleted || !isSame(current, base.reason)) throw error;
      await write(draft, conflict.currentRevision);
    }
  };
  return {
    isRunning,
    failure,
    forget,
    save: (draft) => run(() => writeUnlessChanged(draft)),
    overwrite: (draft, at) => run(() => write(draft, at)),
  };
}
