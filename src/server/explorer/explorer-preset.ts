/** The operation, variables and headers that an explorer, Sandbox or GraphiQL, shows first. */
export interface ExplorerPreset {
  readonly query: string;
  readonly subscription: string;
  /** Of both. */
  readonly variables: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const query = `# An account's reasons, and how many agents give each of them right now.
query FirstQuery($accountId: ID!) {
  statusReasons(accountId: $accountId, filter: { enabled: true }) {
    totalCount
    revision
    nodes {
      id
      text
      state
      agents(limit: 1) {
        totalCount
      }
    }
  }
}
`;

const subscription = `# Who is in which state, and then each change for as long as this runs.
subscription FirstSubscription($accountId: ID!) {
  agentsChanged(accountId: $accountId) {
    observedAt
    totalCount
    leftIds
    changed {
      id
      name
      status {
        state
        reason {
          text
        }
      }
    }
  }
}
`;

/**
 * Creates a first query and a first subscription with the Authorization header that they need.
 *
 * @param emulated an account and a token of the emulator, which are not secret; placeholders without them
 */
export function explorerPreset(emulated?: {
  readonly accountId: string;
  readonly token: string;
}): ExplorerPreset {
  return {
    query,
    subscription,
    variables: { accountId: emulated?.accountId ?? "your-account" },
    headers: { Authorization: `Bearer ${emulated?.token ?? "your-token"}` },
  };
}
