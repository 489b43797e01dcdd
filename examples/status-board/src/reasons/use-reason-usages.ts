import { useQuery } from "@apollo/client/react";

import type { ReasonUsagesQuery } from "../gql/graphql.js";
import { ReasonUsagesDocument } from "../gql/graphql.js";

/** The whole live view is read for it, so it is refreshed seldom. */
const pollIntervalMs = 300_000;

export type ReasonUsage = Pick<ReasonUsagesQuery["reasonUsage"]["usages"][number], "agentCount" | "seconds">;

interface ReasonUsages {
  /** How a reason was used in the last 24 hours, by its id; undefined while that is not known. */
  readonly usageOf: (id: string) => ReasonUsage | undefined;
  readonly report: ReasonUsagesQuery["reasonUsage"] | undefined;
  /** The error of Apollo Client, if any. */
  readonly error: unknown;
  readonly retry: () => void;
}

const unused: ReasonUsage = { agentCount: 0, seconds: 0 };

/** How an account's reasons were used in the last 24 hours. */
export function useReasonUsages(accountId: string): ReasonUsages {
  const { data, error, refetch } = useQuery(ReasonUsagesDocument, {
    variables: { accountId },
    pollInterval: pollIntervalMs,
    skipPollAttempt: () => document.hidden,
  });
  const report = data?.reasonUsage;
  const byId = new Map(report?.usages.map((usage) => [usage.reason?.id, usage]));
  // If there are more agents than were read, one of them may have given a reason that is missing.
  const missing = report === undefined || report.truncated ? undefined : unused;
  return { usageOf: (id) => byId.get(id) ?? missing, report, error, retry: () => void refetch() };
}
