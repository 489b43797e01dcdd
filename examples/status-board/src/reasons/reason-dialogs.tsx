import type { Limits } from "../limits/limits.js";
import { withLimit } from "../limits/limits.js";
import { CreateReason } from "./create-reason.js";
import { DeleteReason } from "./delete-reason.js";
import { EditReason } from "./edit-reason.js";
import { LimitForm } from "./limit-form.js";
import type { ListedReason } from "./reason-row.js";

/** The dialog that is open, and the reason that it is about. */
export type OpenDialog =
  { readonly kind: "create" } | { readonly kind: "edit" | "limit" | "delete"; readonly listed: ListedReason };

interface Props {
  readonly accountId: string;
  readonly dialog: OpenDialog | undefined;
  readonly revision: string | null;
  readonly limits: Limits;
  readonly onLimits: (limits: Limits) => void;
  /** Called with a message for the user, which may be empty. */
  readonly onClose: (message: string) => void;
}

/** The dialog in front of the list of reasons, if one is open. */
export function ReasonDialogs({ accountId, dialog, revision, limits, onLimits, onClose }: Props) {
  const cancel = () => {
    onClose("");
  };
  if (dialog === undefined) return null;
  if (dialog.kind === "create") return <CreateReason accountId={accountId} onClose={onClose} />;
  const { reason, limit } = dialog.listed;
  switch (dialog.kind) {
    case "edit":
      return <EditReason reason={reason} revision={revision} onClose={onClose} />;
    case "delete":
      return <DeleteReason listed={dialog.listed} onDeleted={onClose} onCancel={cancel} />;
    case "limit":
      return (
        <LimitForm
          text={reason.text}
          limit={limit}
          onSave={(minutes) => {
            onLimits(withLimit(limits, reason.id, minutes));
            onClose(`The time limit of “${reason.text}” is saved.`);
          }}
          onClose={cancel}
        />
      );
  }
}
