import { useState } from "react";

import { Board } from "./board.js";
import { ConnectionForm } from "./connection/connection-form.js";
import { defaultConnection, loadConnection, saveConnection } from "./connection/connection.js";
import type { Connection } from "./connection/connection.js";

/** The connection form, or the board once there is a token. */
export function App() {
  const [connection, setConnection] = useState(() => loadConnection() ?? defaultConnection);
  const [isRejected, setRejected] = useState(false);
  const connect = (next: Connection) => {
    saveConnection(next);
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
          <ConnectionForm initial={connection} isRejected={isRejected} onConnect={connect} />
        )}
        {isConnected && (
          // Hidden, not unmounted: input is kept until there is a new token.
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
