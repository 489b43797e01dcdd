import { useQuery, useSubscription } from "@apollo/client/react";
import { use, useSyncExternalStore } from "react";

import { BoardChangesDocument, BoardDocument } from "../gql/graphql.js";
import type { BoardAgentFragment } from "../gql/graphql.js";
import { freshnessOf } from "./freshness.js";
import type { Freshness } from "./freshness.js";
import { LiveContext } from "./live-context.js";
import { mergeChange } from "./merge-change.js";
import { useIsOnline } from "./use-is-online.js";

/** How often the agents are queried while there is no live connection. */
const pollIntervalMs = 15_000;

export interface LiveAgents {
  /** undefined until they are known. Kept when a later request fails. */
  readonly agents: readonly BoardAgentFragment[] | undefined;
  readonly totalCount: number;
  /** Whether there are more agents than the upstream shows. */
  readonly isTruncated: boolean;
  readonly freshness: Freshness;
  /** The error of Apollo Client, if any. There may be agents, too. */
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * An account's agents: queried once, then kept up to date by a subscription. The query shows at once what is wrong, where a
 * subscription waits for the upstream to recover; it is repeated while there is no live connection.
 */
export function useLiveAgents(accountId: string): LiveAgents {
  const live = use(LiveContext);
  const connection = useSyncExternalStore(live.subscribe, live.state);
  const isOnline = useIsOnline();
  const options = { variables: { accountId }, errorPolicy: "all" } as const;
  const query = useQuery(BoardDocument, {
    ...options,
    pollInterval: connection === "open" ? 0 : pollIntervalMs,
    skipPollAttempt: () => document.hidden,
  });
  const changes = useSubscription(BoardChangesDocument, {
    ...options,
    onData: ({ client, data: { data } }) => {
      const change = data?.agentsChanged;
      if (change === undefined) return;
      client.cache.updateQuery({ query: BoardDocument, variables: { accountId } }, (known) => ({
        liveAgents: mergeChange(known?.liveAgents, change),
      }));
    },
  });
  const page = query.data?.liveAgents;
  const event = changes.data?.agentsChanged;
  const retry = () => {
    void query.refetch();
    if (changes.error !== undefined) changes.restart();
  };
  return {
    agents: page?.nodes,
    totalCount: page?.totalCount ?? 0,
    isTruncated: page?.truncated ?? false,
    freshness: freshnessOf({ isOnline, connection, isStale: event?.stale }),
    // An event is newer than what the query failed with.
    error: changes.error ?? (event === undefined ? query.error : undefined),
    retry,
  };
}
