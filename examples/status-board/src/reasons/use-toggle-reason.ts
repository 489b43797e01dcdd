import { useMutation } from "@apollo/client/react";

import type { Attempt } from "../errors/use-attempt.js";
import { useAttempt } from "../errors/use-attempt.js";
import type { ReasonFragment } from "../gql/graphql.js";
import { UpdateReasonDocument } from "../gql/graphql.js";
import { afterWrite } from "./after-write.js";

interface Toggle extends Pick<Attempt, "failure"> {
  readonly toggle: (reason: ReasonFragment) => Promise<void>;
}

/**
 * Enables or disables a reason. It is sent without a revision: the gateway retries it when others write at the same time.
 *
 * @param onDone - called with a message for the user
 */
export function useToggleReason(onDone: (message: string) => void): Toggle {
  const [update] = useMutation(UpdateReasonDocument, afterWrite);
  const { failure, run } = useAttempt();
  const toggle = async ({ accountId, id, text, enabled }: ReasonFragment) => {
    const input = { enabled: !enabled };
    const isDone = await run(() => update({ variables: { accountId, id, input } }));
    if (isDone) onDone(`“${text}” is ${enabled ? "disabled" : "enabled"}.`);
  };
  return { failure, toggle };
}
