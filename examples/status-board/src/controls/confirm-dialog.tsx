import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

interface Props {
  readonly question: string;
  /** What happens if it is confirmed. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation. Escape cancels, and so does the button that has the focus first. */
export function ConfirmDialog({ question, children, confirmLabel, onConfirm, onCancel }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      onOpenChange={() => {
        onCancel();
      }}
    >
      <Modal className="modal">
        <Dialog role="alertdialog" className="modal-dialog">
          <Heading slot="title">{question}</Heading>
          {children}
          <div className="actions">
            <Button className="button" autoFocus onPress={onCancel}>
              Cancel
            </Button>
            <Button className="button danger" onPress={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
