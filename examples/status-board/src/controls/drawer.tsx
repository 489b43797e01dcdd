import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

interface Props {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog at the window's side. Escape, its button and a click beside it close it. */
export function Drawer({ title, isOpen, onClose, children }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => {
        if (!isNowOpen) onClose();
      }}
    >
      <Modal className="drawer">
        <Dialog className="drawer-dialog">
          <header className="drawer-header">
            <Heading slot="title">{title}</Heading>
            <Button slot="close" className="button">
              Close
            </Button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
