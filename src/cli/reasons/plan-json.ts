import type { AppliedItem, AppliedState, DesiredReason } from "../../status-reasons/index.js";
import { explainError } from "./explain.js";
import { summarize } from "./plan-text.js";

/** A plan, and what became of it, for machines; docs/recipes/reasons-as-code.md describes it. */
export async function planJson(
  accountId: string,
  { value: items, revision }: AppliedState,
  reasons: readonly DesiredReason[],
): Promise<string> {
  const { CREATE, UPDATE, DELETE, KEEP } = summarize(items);
  const summary = { create: CREATE, update: UPDATE, delete: DELETE, keep: KEEP };
  const described = await Promise.all(items.map((item) => describe(item, reasons)));
  return `${JSON.stringify({ accountId, revision, summary, items: described }, null, 2)}\n`;
}

async function describe(
  { action, index, before, changes, result }: AppliedItem,
  reasons: readonly DesiredReason[],
) {
  const { text, state, enabled } = (index === undefined ? undefined : reasons[index]) ?? before ?? {};
  const id = before?.id ?? result?.statusReason?.id ?? null;
  const planned = { action, id, text, state, enabled, changes };
  if (result === undefined) return planned;
  return {
    ...planned,
    outcome: result.outcome,
    error: result.error ? await explainError(result.error) : null,
  };
}
