import type { SubmitEvent } from "react";

import { TextField } from "../controls/text-field.js";
import type { Connection } from "./connection.js";

interface Props {
  readonly proposal: Connection;
  /** Whether the token was refused, so that another is needed. */
  readonly isRejected: boolean;
  readonly onConnect: (connection: Connection) => void;
}

/** Asks for the gateway, the account and the token. */
export function ConnectionForm({ proposal, isRejected, onConnect }: Props) {
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
          Your token has expired, or the gateway does not know it. Enter a new one to go on.
        </p>
      ) : (
        <p>The token stays in this tab: it is forgotten when you close it.</p>
      )}
      <TextField label="Gateway" name="url" type="url" required defaultValue={proposal.url} />
      <TextField label="Account" name="accountId" required defaultValue={proposal.accountId} />
      <TextField label="Token" name="token" type="password" required autoComplete="off" autoFocus />
      <button className="primary">Connect</button>
    </form>
  );
}
