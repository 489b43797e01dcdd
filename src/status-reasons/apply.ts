import { Batch, notTried } from "./batch.js";
import { checkDesiredState } from "./batch-input.js";
import type { AppliedItem, AppliedState, ApplyOptions, DesiredState } from "./desired-state.js";
import { ItemOutcome } from "./outcome.js";
import type { ItemResult } from "./outcome.js";
import { newReasonOf, planItems } from "./plan.js";
import type { ItemPlan } from "./plan.js";
import type { WriteServices } from "./reason-writes.js";
import { looseTextKey } from "./text.js";
import { orderWrites } from "./write-order.js";
import type { WriteOrder, WriteStep } from "./write-order.js";

export async function applyDesiredState(
  services: WriteServices,
  accountId: string,
  desired: DesiredState,
  { ifRevision, ...run }: ApplyOptions,
): Promise<AppliedState> {
  checkDesiredState(desired);
  const batch = await Batch.start(services, accountId);
  if (typeof ifRevision === "string") batch.pin(ifRevision);
  const items = planItems(desired, batch.snapshot);
  if (desired.dryRun) {
    const planned = items.map((item) => appliedItem(item, undefined));
    return { value: planned, revision: batch.snapshot.revision };
  }
  const wanted = new Set(items.flatMap(({ desired }) => (desired ? looseTextKey(desired.text) : [])));
  const order = orderWrites(items, (text) => batch.isTextTaken(text) || wanted.has(looseTextKey(text)));
  const execution = new Execution(batch, order);
  await execution.run(run);
  const results = items.map((item) => execution.resultOf(item));
  const { revision } = batch.end("apply", results);
  return { value: items.map((item, index) => appliedItem(item, results[index])), revision };
}

function appliedItem(
  { action, index, before, changes }: ItemPlan,
  result: ItemResult | undefined,
): AppliedItem {
  return { action, index, before, changes, result };
}

/** The writes of a plan, one after the other. */
class Execution {
  readonly #results = new Map<ItemPlan, ItemResult>();
  /** The items whose text others may take. */
  readonly #released = new Set<ItemPlan>();
  /** Those that have a temporary text. */
  readonly #parked = new Set<ItemPlan>();
  /** The last error: why what comes after it is not done. */
  #cause: ItemResult["error"];

  constructor(
    private readonly batch: Batch,
    private readonly order: WriteOrder,
  ) {}

  async run({ onProgress, shouldStop }: Omit<ApplyOptions, "ifRevision">): Promise<void> {
    const { steps } = this.order;
    onProgress?.(0, steps.length);
    for (const [index, step] of steps.entries()) {
      if (shouldStop?.() === true) {
        this.#skip(steps.slice(index));
        break;
      }
      await this.#run(step);
      onProgress?.(index + 1, steps.length);
    }
    for (const item of this.#parked) await this.#restore(item);
  }

  resultOf(item: ItemPlan): ItemResult {
    return this.#results.get(item) ?? { outcome: ItemOutcome.UNCHANGED, statusReason: item.before };
  }

  async #run(step: WriteStep): Promise<void> {
    switch (step.kind) {
      case "park":
        return this.#park(step.item, step.text);
      case "update":
        return this.#update(step.item);
      case "delete":
        return this.#delete(step.item);
      case "create":
        return this.#create(step.items);
    }
  }

  #skip(steps: readonly WriteStep[]): void {
    for (const item of steps.flatMap((step) => (step.kind === "create" ? step.items : [step.item]))) {
      if (!this.#results.has(item))
        this.#settle(item, notTried(item.before && this.batch.known(item.before.id)));
    }
  }

  async #park(item: ItemPlan, text: string): Promise<void> {
    const result = await this.batch.update(idOf(item), { text });
    if (isMade(result)) {
      this.#parked.add(item);
      this.#released.add(item);
    } else {
      this.#settle(item, result);
    }
  }

  async #update(item: ItemPlan): Promise<void> {
    if (item.desired === undefined || this.#results.has(item)) return;
    const id = idOf(item);
    const result = this.#isTextFree(item)
      ? await this.batch.update(id, newReasonOf(item.desired))
      : notTried(this.batch.known(id));
    this.#settle(item, result);
  }

  /** Deletes nothing where anything has failed: the account has what it had, and perhaps more. */
  async #delete(item: ItemPlan): Promise<void> {
    const id = idOf(item);
    const mayDelete = [...this.#results.values()].every(isMade);
    this.#settle(item, mayDelete ? await this.batch.delete(id) : notTried(this.batch.known(id)));
  }

  async #create(items: readonly ItemPlan[]): Promise<void> {
    const free = items.filter((item) => this.#isTextFree(item));
    const created = await this.batch.create(
      free.flatMap(({ desired }) => (desired ? newReasonOf(desired) : [])),
    );
    for (const item of items) this.#settle(item, created[free.indexOf(item)] ?? notTried(null));
  }

  #isTextFree(item: ItemPlan): boolean {
    return this.order.holdersOf(item).every((holder) => this.#released.has(holder));
  }

  #settle(item: ItemPlan, result: ItemResult): void {
    this.#cause = result.error ?? this.#cause;
    if (isMade(result)) {
      this.#released.add(item);
      this.#parked.delete(item);
    }
    const isHalfDone = this.#parked.has(item) && result.outcome === ItemOutcome.NOT_TRIED;
    this.#results.set(
      item,
      isHalfDone ? { ...result, outcome: ItemOutcome.FAILED, error: this.#cause } : result,
    );
  }

  /** Gives a reason that got no further than its temporary text its own one back, unless that is taken by now. */
  async #restore(item: ItemPlan): Promise<void> {
    const failed = this.resultOf(item);
    const text = item.before?.text;
    if (text === undefined || failed.outcome === ItemOutcome.UNKNOWN || this.batch.isTextTaken(text)) return;
    const { statusReason } = await this.batch.update(idOf(item), { text });
    this.#results.set(item, { ...failed, statusReason });
  }
}

/** Whether a reason is as its write was to leave it. */
function isMade({ outcome }: ItemResult): boolean {
  return outcome === ItemOutcome.DONE || outcome === ItemOutcome.UNCHANGED;
}

function idOf({ before }: ItemPlan): string {
  if (before === null) throw new Error("a reason that is to be created has no id");
  return before.id;
}
