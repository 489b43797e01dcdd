import { useEffect, useRef } from "react";

interface Props {
  readonly question: string;
  readonly consequence: string;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation. The browser's dialog traps the focus and closes on Escape. */
export function ConfirmDialog({ question, consequence, confirmLabel, onConfirm, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const handleClose = () => {
    if (dialog.current?.returnValue === "confirm") onConfirm();
    else onCancel();
  };
  return (
    <dialog ref={dialog} aria-label={question} onClose={handleClose}>
      <form method="dialog">
        <h3>{question}</h3>
        <p>{consequence}</p>
        <div className="actions">
          <button autoFocus>Cancel</button>
          <button className="danger" value="confirm">
            {confirmLabel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
