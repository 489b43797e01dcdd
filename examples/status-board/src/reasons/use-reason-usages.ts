import { useQuery } from "@apollo/client/react";

import type { ReasonUsagesQuery } from "../gql/graphql.js";
import { ReasonUsagesDocument } from "../gql/graphql.js";

/** The whole live view is read for it, so it is refreshed seldom. */
const pollIntervalMs = 300_000;

export type ReasonUsage = Pick<ReasonUsagesQuery["reasonUsage"]["usages"][number], "agentCount" | "seconds">;

const unused: ReasonUsage = { agentCount: 0, seconds: 0 };

/** How a reason was used in the last 24 hours, by its id; undefined while that is not known. */
export function useReasonUsages(accountId: string): (id: string) => ReasonUsage | undefined {
  const { data } = useQuery(ReasonUsagesDocument, {
    variables: { accountId },
    pollInterval: pollIntervalMs,
    skipPollAttempt: () => document.hidden,
  });
  if (data === undefined) return () => undefined;
  const { usages, truncated } = data.reasonUsage;
  const byId = new Map(usages.map((usage) => [usage.reason?.id, usage]));
  // If there are more agents than were read, one of them may have given a reason that is missing.
  const missing = truncated ? undefined : unused;
  return (id) => byId.get(id) ?? missing;
}
