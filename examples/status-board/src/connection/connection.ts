/** Which gateway and account the board shows, and as whom. */
export interface Connection {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

const key = "status-board.connection";

/** What the form proposes to somebody who was never here. */
export const proposedConnection: Connection = {
  url: import.meta.env.VITE_GATEWAY_URL ?? "http://127.0.0.1:4000/graphql",
  accountId: import.meta.env.VITE_ACCOUNT_ID ?? "",
  token: "",
};

/** The connection of this tab, if it has one: it outlives a reload, not the tab. */
export function recallConnection(): Connection | undefined {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : { ...proposedConnection, ...(JSON.parse(kept) as Partial<Connection>) };
}

/** Keeps a connection for this tab alone: a token does not belong in storage that others share. */
export function keepConnection(connection: Connection): void {
  sessionStorage.setItem(key, JSON.stringify(connection));
}
