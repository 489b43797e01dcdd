import { useQuery } from "@apollo/client/react";

import type { ReasonUsagesQuery } from "../gql/graphql.js";
import { ReasonUsagesDocument } from "../gql/graphql.js";

/** The whole live view is read for it, so it is refreshed seldom. */
const pollIntervalMs = 300_000;

export type ReasonUsage = Pick<ReasonUsagesQuery["reasonUsage"]["usages"][number], "agentCount" | "seconds">;

/** How an account's reasons were used in the last 24 hours, by their ids; undefined while that is not known. */
export function useReasonUsages(accountId: string): ReadonlyMap<string, ReasonUsage> | undefined {
  const { data } = useQuery(ReasonUsagesDocument, {
    variables: { accountId },
    pollInterval: pollIntervalMs,
    skipPollAttempt: () => document.hidden,
  });
  return (
    data &&
    new Map(data.reasonUsage.usages.flatMap((usage) => (usage.reason ? [[usage.reason.id, usage]] : [])))
  );
}
