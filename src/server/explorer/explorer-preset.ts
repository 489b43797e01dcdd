/** What an explorer, Sandbox or GraphiQL, shows before anybody typed anything. */
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
 * A first query with the header field it needs.
 *
 * @param emulated - an account and a token that are no secret; without them the fields say what belongs there
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
