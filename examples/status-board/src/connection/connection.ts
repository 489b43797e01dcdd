/** The gateway and the account that the board shows, and the token that it sends. */
export interface Connection {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

const key = "status-board.connection";

/** The initial values of the form if the tab has no connection. */
export const defaultConnection: Connection = {
  url: import.meta.env.VITE_GATEWAY_URL ?? "http://127.0.0.1:4000/graphql",
  accountId: import.meta.env.VITE_ACCOUNT_ID ?? "",
  token: "",
};

/** Loads the connection of this tab, if it has one. A connection survives a reload, but not closing the tab. */
export function loadConnection(): Connection | undefined {
  const saved = sessionStorage.getItem(key);
  return saved === null ? undefined : { ...defaultConnection, ...(JSON.parse(saved) as Partial<Connection>) };
}

/** Saves a connection for this tab only: other tabs must not share the token. */
export function saveConnection(connection: Connection): void {
  sessionStorage.setItem(key, JSON.stringify(connection));
}
