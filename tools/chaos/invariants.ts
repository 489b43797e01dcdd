import type { ReasonWrite } from "../../src/emulator/data/reasons.js";
import { textsOf } from "./operations.js";
import type { Outcome } from "./operations.js";

/** Codes of a write that certainly did not happen. */
const refused = new Set([
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
]);

/**
 * Checks the results of a run against the upstream's journal.
 *
 * @param longestMs how long a request may take
 * @returns a line for each violation
 */
export function violations(
  outcomes: readonly Outcome[],
  writes: readonly ReasonWrite[],
  longestMs: number,
): string[] {
  return outcomes.flatMap((outcome) =>
    [wrongWrite(outcome, writes), foreignData(outcome), lateResponse(outcome, longestMs)].flatMap(
      (problem) => problem ?? [],
    ),
  );
}

function wrongWrite(outcome: Outcome, writes: readonly ReasonWrite[]): string | undefined {
  const { step, errors, target } = outcome;
  const counts = countsOf(outcome, writes);
  if (errors.length === 0 && counts.some((count) => count !== 1)) {
    return `step ${step.number}: ${step.kind} was reported done, and is there ${counts.join(" and ")} times`;
  }
  // Somebody else may have deleted the same reason.
  const isOwn = step.kind !== "delete" || target === undefined;
  if (errors.some(isCertain) && isOwn && counts.some((count) => count > 0)) {
    return `step ${step.number}: ${step.kind} was reported not done, and is there`;
  }
  return undefined;
}

/** How often each thing that a step writes is in the journal. */
function countsOf({ step, target }: Outcome, writes: readonly ReasonWrite[]): number[] {
  const { accountId } = step.caller;
  const own = writes.filter((write) => write.accountId === accountId);
  if (step.kind === "delete") {
    return [own.filter(({ kind, reason }) => kind === "delete" && String(reason.id) === target).length];
  }
  const kind = step.kind === "update" ? "update" : "create";
  return textsOf(step).map(
    (text) => own.filter((write) => write.kind === kind && write.reason.text === text).length,
  );
}

function isCertain({ message, extensions }: Outcome["errors"][number]): boolean {
  return refused.has(String(extensions["code"])) || message.includes("Nothing was changed");
}

function foreignData({ step, records }: Outcome): string | undefined {
  const { accountId, isAllowed } = step.caller;
  const isForeign =
    records.some((record) => record.accountId !== accountId) || (!isAllowed && records.length > 0);
  return isForeign ? `step ${step.number}: a caller saw what another's token fetched` : undefined;
}

function lateResponse({ step, durationMs }: Outcome, longestMs: number): string | undefined {
  return durationMs > longestMs
    ? `step ${step.number}: ${step.kind} took ${Math.round(durationMs)} ms`
    : undefined;
}
