import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { ConnectionForm } from "./connection-form.js";
import type { Connection } from "./connection.js";

interface Props {
  readonly connection: Connection;
  readonly onConnect: (connection: Connection) => void;
  readonly onDisconnect: () => void;
}

/** Asks for a new token in front of the board, which keeps what it shows and what was typed. */
export function ExpiredSession({ connection, onConnect, onDisconnect }: Props) {
  return (
    <ModalOverlay className="overlay" isOpen isKeyboardDismissDisabled>
      <Modal className="modal">
        <Dialog className="modal-dialog">
          <Heading slot="title">Sign in again</Heading>
          <ConnectionForm
            initial={connection}
            onConnect={onConnect}
            actions={
              <Button className="button" onPress={onDisconnect}>
                Disconnect
              </Button>
            }
          >
            <p className="notice error" role="alert">
              Your token is not valid or has expired. Enter a new one: nothing on the board is lost.
            </p>
          </ConnectionForm>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
