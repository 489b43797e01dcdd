import { ApolloProvider } from "@apollo/client/react";
import { useState } from "react";

import { createApolloClient, createCache } from "./connection/apollo-client.js";
import type { Connection } from "./connection/connection.js";
import { LiveConnection } from "./connection/live-connection.js";
import { WriteAccessContext } from "./errors/write-access.js";
import { BoardPage } from "./layout/board-page.js";
import { LiveContext } from "./live/live-context.js";

interface Props {
  readonly connection: Connection;
  readonly onRejected: () => void;
  readonly onDisconnect: () => void;
}

/** An account's board, with the clients of the gateway. A new token gets new clients; the cache stays. */
export function Board({ connection, onRejected, onDisconnect }: Props) {
  const [cache] = useState(createCache);
  const connect = () => {
    const live = new LiveConnection(connection);
    return { connection, live, client: createApolloClient(connection, live, cache, onRejected) };
  };
  const [current, setCurrent] = useState(connect);
  const [canWrite, setCanWrite] = useState(true);
  if (current.connection !== connection) {
    setCurrent(connect());
    setCanWrite(true);
  }
  const access = {
    canWrite,
    onRefused: () => {
      setCanWrite(false);
    },
  };
  return (
    <ApolloProvider client={current.client}>
      <LiveContext value={current.live}>
        <WriteAccessContext value={access}>
          <BoardPage accountId={connection.accountId} onDisconnect={onDisconnect} />
        </WriteAccessContext>
      </LiveContext>
    </ApolloProvider>
  );
}
