import type { ReactNode, SyntheticEvent } from "react";
import { Button, Form } from "react-aria-components";

import { TextField } from "../controls/text-field.js";
import type { Connection } from "./connection.js";

interface Props {
  readonly initial: Connection;
  readonly onConnect: (connection: Connection) => void;
  /** What is said above the fields. */
  readonly children: ReactNode;
  /** Actions beside "Connect". */
  readonly actions?: ReactNode;
}

/** Asks for the gateway, the account and the token. */
export function ConnectionForm({ initial, onConnect, children, actions }: Props) {
  const connect = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: keyof Connection) => (form.get(name) as string).trim();
    onConnect({ url: field("url"), accountId: field("accountId"), token: field("token") });
  };
  return (
    <Form className="form" aria-label="Connection" onSubmit={connect}>
      {children}
      <TextField label="Gateway" name="url" type="url" isRequired defaultValue={initial.url} />
      <TextField label="Account" name="accountId" isRequired defaultValue={initial.accountId} />
      <TextField label="Token" name="token" type="password" isRequired autoComplete="off" autoFocus />
      <div className="actions">
        <Button type="submit" className="button primary">
          Connect
        </Button>
        {actions}
      </div>
    </Form>
  );
}
