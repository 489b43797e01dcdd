import { Button } from "react-aria-components";

import { CheckField } from "../controls/check-field.js";
import { FormDialog } from "../controls/form-dialog.js";
import { FailureNotice } from "../errors/failure-notice.js";
import type { GatewayFailure } from "../errors/gateway-failure.js";
import type { Import, PlannedStep } from "./use-import.js";

interface Props {
  readonly chosen: Import;
  /** undefined while it is not known. */
  readonly plan: readonly PlannedStep[] | undefined;
  readonly isRunning: boolean;
  readonly failure: GatewayFailure | undefined;
  readonly onDeleteOthers: (deleteOthers: boolean) => void;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}

/** Shows what an import would do, and asks whether to do it. */
export function ImportPlan({ chosen, plan, isRunning, failure, onDeleteOthers, onApply, onCancel }: Props) {
  const steps = plan?.filter(({ action }) => action !== "KEEP") ?? [];
  return (
    <FormDialog title="Import reasons" onClose={onCancel}>
      <CheckField
        label="Delete the reasons that are not in the file"
        isSelected={chosen.deleteOthers}
        onChange={onDeleteOthers}
      />
      {failure !== undefined && <FailureNotice failure={failure} />}
      <p role="status">{summary(plan, failure !== undefined)}</p>
      <ul className="plan" aria-label="Plan">
        {steps.map((step) => (
          <li
            key={`${step.action} ${step.before?.id ?? step.index ?? ""}`}
            data-danger={step.action === "DELETE"}
          >
            <bdi>{describe(step, chosen)}</bdi>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button className="button primary" isDisabled={isRunning || steps.length === 0} onPress={onApply}>
          Apply
        </Button>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </FormDialog>
  );
}

function summary(plan: readonly PlannedStep[] | undefined, hasFailed: boolean): string {
  if (plan === undefined) return hasFailed ? "" : "Making a plan…";
  const count = (action: PlannedStep["action"]) => plan.filter((step) => step.action === action).length;
  return `${count("CREATE")} to create, ${count("UPDATE")} to change, ${count("DELETE")} to delete, ${count("KEEP")} unchanged.`;
}

function describe({ action, index, before, changes }: PlannedStep, { reasons }: Import): string {
  if (action === "CREATE") return `Create “${reasons[index ?? -1]?.text ?? ""}”`;
  if (action === "DELETE") return `Delete “${before?.text ?? ""}”`;
  const list = changes.map(({ attribute, from, to }) => `${attribute.toLowerCase()} ${from} → ${to}`);
  return `Change “${before?.text ?? ""}”: ${list.join(", ")}`;
}
