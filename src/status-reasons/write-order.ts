import { PlannedAction } from "./desired-state.js";
import type { ItemPlan } from "./plan.js";
import { looseTextKey, temporaryText } from "./text.js";

/** One write of a plan, or one call with all creates. */
export type WriteStep =
  /** Gives a reason a temporary text, so that others can take its own. */
  | { readonly kind: "park"; readonly item: ItemPlan; readonly text: string }
  | { readonly kind: "update" | "delete"; readonly item: ItemPlan }
  | { readonly kind: "create"; readonly items: readonly ItemPlan[] };

export interface WriteOrder {
  readonly steps: readonly WriteStep[];
  /** The items whose reasons must have given up their text before an item can take it. */
  readonly holdersOf: (item: ItemPlan) => readonly ItemPlan[];
}

/**
 * Orders the writes of a plan so that no text is taken before it is free: whoever holds it is renamed or deleted first. Where
 * reasons wait for each other in a circle, one of them gets a temporary text. Creates come in one call when all texts are
 * free, and deletions that nothing waits for come last: until then nothing is missing.
 */
export function orderWrites(items: readonly ItemPlan[], isTaken: (text: string) => boolean): WriteOrder {
  const holdersOf = findHolders(items);
  const updates = items.filter(({ action }) => action === PlannedAction.UPDATE);
  const creates = items.filter(({ action }) => action === PlannedAction.CREATE);
  const deletes = items.filter(({ action }) => action === PlannedAction.DELETE);
  const needed = new Set([...updates, ...creates].flatMap(holdersOf));
  const steps: WriteStep[] = deletes.filter((item) => needed.has(item)).map(deletion);
  const released = new Set<ItemPlan>(deletes);
  const blockerOf = (item: ItemPlan) => holdersOf(item).find((holder) => !released.has(holder));
  let waiting = updates;
  while (waiting.length > 0) {
    const ready = waiting.filter((item) => blockerOf(item) === undefined);
    const parked = ready.length > 0 ? undefined : firstInCircle(waiting, blockerOf);
    if (parked !== undefined) {
      steps.push({ kind: "park", item: parked, text: temporaryText(parked.before?.id ?? "", isTaken) });
      released.add(parked);
      continue;
    }
    for (const item of ready) {
      steps.push({ kind: "update", item });
      released.add(item);
    }
    waiting = waiting.filter((item) => !ready.includes(item));
  }
  if (creates.length > 0) steps.push({ kind: "create", items: creates });
  steps.push(...deletes.filter((item) => !needed.has(item)).map(deletion));
  return { steps, holdersOf };
}

function deletion(item: ItemPlan): WriteStep {
  return { kind: "delete", item };
}

/** Finds, for an item, those that hold the text that it is to take, and will give it up. */
function findHolders(items: readonly ItemPlan[]): (item: ItemPlan) => readonly ItemPlan[] {
  const byText = new Map<string, ItemPlan[]>();
  for (const item of items) {
    if (item.before === null || !givesUpText(item)) continue;
    const key = looseTextKey(item.before.text);
    byText.set(key, [...(byText.get(key) ?? []), item]);
  }
  return (item) => {
    if (item.desired === undefined || (item.before !== null && !changesText(item))) return [];
    return (byText.get(looseTextKey(item.desired.text)) ?? []).filter((holder) => holder !== item);
  };
}

function givesUpText(item: ItemPlan): boolean {
  return item.action === PlannedAction.DELETE || changesText(item);
}

function changesText({ changes }: ItemPlan): boolean {
  return changes.some(({ attribute }) => attribute === "text");
}

/** Follows who waits for whom until somebody comes up again. All of `waiting` wait for one of them. */
function firstInCircle(
  waiting: readonly ItemPlan[],
  blockerOf: (item: ItemPlan) => ItemPlan | undefined,
): ItemPlan | undefined {
  const seen = new Set<ItemPlan>();
  let item = waiting[0];
  while (item !== undefined && !seen.has(item)) {
    seen.add(item);
    item = blockerOf(item);
  }
  return item;
}
