import { ApolloProvider } from "@apollo/client/react";
import { useState } from "react";

import { AgentBoard } from "./agents/agent-board.js";
import { createApolloClient, createCache } from "./connection/apollo-client.js";
import type { Connection } from "./connection/connection.js";
import { ReasonPanel } from "./reasons/reason-panel.js";

interface Props {
  readonly connection: Connection;
  readonly onRejected: () => void;
}

/** An account's reasons and agents. */
export function Board({ connection, onRejected }: Props) {
  const [cache] = useState(createCache);
  const connect = () => ({ connection, client: createApolloClient(connection, cache, onRejected) });
  const [current, setCurrent] = useState(connect);
  if (current.connection !== connection) setCurrent(connect());
  return (
    <ApolloProvider client={current.client}>
      <ReasonPanel accountId={connection.accountId} />
      <AgentBoard accountId={connection.accountId} />
    </ApolloProvider>
  );
}
