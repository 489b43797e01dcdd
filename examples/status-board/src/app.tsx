import { useState } from "react";

import { Board } from "./board.js";
import { ConnectionForm } from "./connection/connection-form.js";
import { defaultConnection, loadConnection, saveConnection } from "./connection/connection.js";
import type { Connection } from "./connection/connection.js";
import { ExpiredSession } from "./connection/expired-session.js";

/** The connection form, or the board once there is a token. */
export function App() {
  const [connection, setConnection] = useState(() => loadConnection() ?? defaultConnection);
  const [isRejected, setRejected] = useState(false);
  const connect = (next: Connection) => {
    saveConnection(next);
    setConnection(next);
    setRejected(false);
  };
  const disconnect = () => {
    connect({ ...connection, token: "" });
  };
  if (connection.token === "") {
    return (
      <main className="start">
        <h1>Status board</h1>
        <ConnectionForm initial={connection} onConnect={connect}>
          <p>The token is stored in this tab only, until you close it.</p>
        </ConnectionForm>
      </main>
    );
  }
  return (
    <>
      <Board
        key={`${connection.url} ${connection.accountId}`}
        connection={connection}
        onRejected={() => {
          setRejected(true);
        }}
        onDisconnect={disconnect}
      />
      {isRejected && <ExpiredSession connection={connection} onConnect={connect} onDisconnect={disconnect} />}
    </>
  );
}
