import type { Environment } from "../../config/index.js";
import type { AppliedState, DesiredState } from "../../status-reasons/index.js";
import type { PlanArguments } from "../reasons.arguments.js";
import type { Terminal } from "../terminal.js";
import { explainingInput, readInput } from "./input.js";
import type { InputFile } from "./input.js";
import { planJson } from "./plan-json.js";
import { hasChanges, planText } from "./plan-text.js";
import { withSession } from "./session.js";
import type { Session } from "./session.js";

/** The exit codes of `plan`, those of `terraform plan -detailed-exitcode`. */
const [noChanges, changes] = [0, 2] as const;

/**
 * Shows what would be done to make an account's reasons like a file's.
 *
 * @returns the exit code
 */
export async function planReasons(
  args: PlanArguments,
  terminal: Terminal,
  env: Environment,
): Promise<number> {
  const file = await readInput(args, terminal);
  const plan = await withSession(args, terminal, env, (session) => makePlan(session, args, file));
  const { output } = terminal;
  const { account, json = false } = args;
  output.write(
    json ? await planJson(account, plan, file.reasons) : planText(plan.value, file.reasons, output),
  );
  return hasChanges(plan.value) ? changes : noChanges;
}

/** What a file wants, and how far the command line lets it go. */
export function desiredBy(
  { deleteOthers = false, confirmDeleteAll = false }: PlanArguments,
  { reasons }: InputFile,
): Omit<DesiredState, "dryRun"> {
  return { reasons, deleteOthers, confirmDeleteAll };
}

/** @throws FileProblem where what the file wants is refused */
export function makePlan(session: Session, args: PlanArguments, file: InputFile): Promise<AppliedState> {
  const desired = { ...desiredBy(args, file), dryRun: true };
  return explainingInput(file, () => session.applyDesiredState(session.accountId, desired));
}
