import { createInterface } from "node:readline/promises";

import type { Environment } from "../../config/index.js";
import { UpstreamConflictError } from "../../status-reasons/index.js";
import type { AppliedItem, AppliedState, DesiredReason } from "../../status-reasons/index.js";
import { CommandProblem } from "../problem.js";
import type { ApplyArguments } from "../reasons.arguments.js";
import type { Terminal } from "../terminal.js";
import { quoteText } from "../terminal.js";
import { explainError } from "./explain.js";
import { explainingInput, readInput } from "./input.js";
import type { InputFile } from "./input.js";
import { planJson } from "./plan-json.js";
import { hasChanges, nameOf, planText } from "./plan-text.js";
import { desiredBy, makePlan } from "./plan.command.js";
import { ProgressBar } from "./progress.js";
import { withSession } from "./session.js";
import type { Session } from "./session.js";

/** The exit code where not all is done. */
const failed = 1;

/**
 * Makes an account's reasons like a file's: shows the plan, asks, and does what was shown.
 *
 * @returns the exit code: 0 where all is done, 1 where something is not
 */
export async function applyReasons(
  args: ApplyArguments,
  terminal: Terminal,
  env: Environment,
): Promise<number> {
  const { yes = false, json = false } = args;
  if (!yes && (json || !isInteractive(terminal))) {
    throw new CommandProblem(
      json
        ? "--json needs --yes: there is no place for a question"
        : "there is no terminal to ask at: --yes is needed",
    );
  }
  const file = await readInput(args, terminal);
  return withSession(args, terminal, env, async (session) => {
    const plan = await makePlan(session, args, file);
    const { output } = terminal;
    if (!json) output.write(planText(plan.value, file.reasons, output));
    const isNeeded = hasChanges(plan.value);
    if (isNeeded && !yes && !(await confirms(terminal))) throw new CommandProblem("nothing was written");
    const applied = isNeeded ? await carryOut(session, { args, file, plan, terminal }) : plan;
    if (json) output.write(await planJson(args.account, applied, file.reasons));
    else if (isNeeded) output.write(await resultText(applied, file.reasons));
    return isNeeded && !isDone(applied) ? failed : 0;
  });
}

function isInteractive({ input, output }: Terminal): boolean {
  return input.isTTY === true && output.isTTY === true;
}

/** Only a whole "yes" counts, as with Terraform. */
async function confirms({ input, output }: Terminal): Promise<boolean> {
  const lines = createInterface({ input, output, terminal: true });
  const interrupted = new Promise<string>((resolve) => {
    for (const end of ["SIGINT", "close"])
      lines.once(end, () => {
        resolve("");
      });
  });
  try {
    const answer = await Promise.race([lines.question("\nApply? (yes/no) "), interrupted]);
    return answer.trim().toLowerCase() === "yes";
  } finally {
    lines.close();
  }
}

interface PlanToCarryOut {
  readonly args: ApplyArguments;
  readonly file: InputFile;
  readonly plan: AppliedState;
  readonly terminal: Terminal;
}

/** Applies under the revision of the plan, so that what was shown is what is done. */
async function carryOut(
  session: Session,
  { args, file, plan, terminal }: PlanToCarryOut,
): Promise<AppliedState> {
  const progress = new ProgressBar(terminal.errors);
  let isStopping = false;
  const stopListening = terminal.onInterrupt(() => {
    // The second time the person means it.
    if (isStopping) process.exit(1);
    isStopping = true;
    progress.end();
    terminal.errors.write("stopping after the write in flight; press Ctrl-C again to stop at once\n");
  });
  session.renewDeadline();
  try {
    return await explainingInput(file, () =>
      session.applyDesiredState(
        session.accountId,
        { ...desiredBy(args, file), dryRun: false },
        {
          ifRevision: plan.revision,
          shouldStop: () => isStopping,
          onProgress: (written, total) => {
            session.renewDeadline();
            progress.show(written, total);
          },
        },
      ),
    );
  } catch (error) {
    if (!(error instanceof UpstreamConflictError)) throw error;
    throw new CommandProblem(
      "the account has changed since the plan was made: nothing was written; run it again",
      { cause: error },
    );
  } finally {
    progress.end();
    stopListening();
  }
}

function isDone({ value }: AppliedState): boolean {
  return value.every(({ result }) => result?.outcome === "DONE" || result?.outcome === "UNCHANGED");
}

const outcomeWords = { FAILED: "failed", UNKNOWN: "unknown", NOT_TRIED: "not tried" } as const;

type Trouble = keyof typeof outcomeWords;

/** What became of a plan, for people: what is not done item by item, then how much of everything there is. */
async function resultText(
  { value: items }: AppliedState,
  reasons: readonly DesiredReason[],
): Promise<string> {
  const lines = await Promise.all(items.map((item) => troubleOf(item, reasons)));
  const done = (action: AppliedItem["action"]) =>
    items.filter((item) => item.action === action && item.result?.outcome === "DONE").length;
  const counts = Object.entries(outcomeWords).flatMap(([outcome, words]) => {
    const count = items.filter(({ result }) => result?.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const summary = [
    `${done("CREATE")} created, ${done("UPDATE")} changed, ${done("DELETE")} deleted`,
    ...counts,
  ];
  return `\n${lines.join("")}Applied: ${summary.join(", ")}\n`;
}

async function troubleOf(item: AppliedItem, reasons: readonly DesiredReason[]): Promise<string> {
  const { action, result } = item;
  if (result === undefined || !(result.outcome in outcomeWords)) return "";
  const why = result.error === undefined ? "" : `: ${(await explainError(result.error)).message}`;
  const what = `${action.toLowerCase()} ${quoteText(nameOf(item, reasons))}`;
  return `${outcomeWords[result.outcome as Trouble]}: ${what}${why}\n`;
}
