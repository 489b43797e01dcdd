import type { SubmitEvent } from "react";

import { TextField } from "../controls/text-field.js";
import type { Connection } from "./connection.js";

interface Props {
  readonly initial: Connection;
  /** Whether the gateway rejected the token. */
  readonly isRejected: boolean;
  readonly onConnect: (connection: Connection) => void;
}

/** Asks for the gateway, the account and the token. */
export function ConnectionForm({ initial, isRejected, onConnect }: Props) {
  const connect = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: keyof Connection) => (form.get(name) as string).trim();
    onConnect({ url: field("url"), accountId: field("accountId"), token: field("token") });
  };
  return (
    <form className="panel connection" aria-label="Connection" onSubmit={connect}>
      {isRejected ? (
        <p className="notice error" role="alert">
          Your token is not valid or has expired. Enter a new one.
        </p>
      ) : (
        <p>The token is stored in this tab only, until you close it.</p>
      )}
      <TextField label="Gateway" name="url" type="url" required defaultValue={initial.url} />
      <TextField label="Account" name="accountId" required defaultValue={initial.accountId} />
      <TextField label="Token" name="token" type="password" required autoComplete="off" autoFocus />
      <button className="primary">Connect</button>
    </form>
  );
}
