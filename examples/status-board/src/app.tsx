import { useState } from "react";

import { Board } from "./board.js";
import { ConnectionForm } from "./connection/connection-form.js";
import { keepConnection, proposedConnection, recallConnection } from "./connection/connection.js";
import type { Connection } from "./connection/connection.js";

/** The connection form, or the board once there is a token. */
export function App() {
  const [connection, setConnection] = useState(() => recallConnection() ?? proposedConnection);
  const [isRejected, setRejected] = useState(false);
  const connect = (next: Connection) => {
    keepConnection(next);
    setConnection(next);
    setRejected(false);
  };
  const isConnected = connection.token !== "";
  return (
    <>
      <header className="page-header">
        <div>
          <h1>Status board</h1>
          {isConnected && <p className="faint">Account {connection.accountId}</p>}
        </div>
        {isConnected && (
          <button
            onClick={() => {
              connect({ ...connection, token: "" });
            }}
          >
            Disconnect
          </button>
        )}
      </header>
      <main>
        {(isRejected || !isConnected) && (
          <ConnectionForm proposal={connection} isRejected={isRejected} onConnect={connect} />
        )}
        {isConnected && (
          // Hidden, not gone: what was typed is still there once there is a new token.
          <div className="board" hidden={isRejected} key={`${connection.url} ${connection.accountId}`}>
            <Board
              connection={connection}
              onRejected={() => {
                setRejected(true);
              }}
            />
          </div>
        )}
      </main>
    </>
  );
}
