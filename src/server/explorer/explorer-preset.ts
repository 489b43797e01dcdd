/** The operation, variables and headers that an explorer, Sandbox or GraphiQL, shows first. */
export interface ExplorerPreset {
  readonly document: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const document = `# An account's reasons, and how many agents give each of them right now.
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

/**
 * Creates a first query with the Authorization header that it needs.
 *
 * @param emulated an account and a token of the emulator, which are not secret; placeholders without them
 */
export function explorerPreset(emulated?: {
  readonly accountId: string;
  readonly token: string;
}): ExplorerPreset {
  return {
    document,
    variables: { accountId: emulated?.accountId ?? "your-account" },
    headers: { Authorization: `Bearer ${emulated?.token ?? "your-token"}` },
  };
}
