/** The most items of a batch, and the most reasons of a desired state. */
export const maxBatchItems = 100;

/** One thing that is wrong with the items of a batch or a desired state. */
export interface BatchFault {
  /** Where, from the list of items: `items.3.id`, `ids.0`, `reasons.2.text`. */
  readonly path: string;
  /** The name of the rule that it breaks. */
  readonly constraint: string;
  /** What is wrong, for people; a sentence whose subject is the path. */
  readonly message: string;
}

/** A batch or a desired state that was refused as a whole: nothing was written. */
export class BatchInputError extends Error {
  override readonly name = "BatchInputError";

  constructor(readonly faults: readonly BatchFault[]) {
    super(faults.map(({ path, message }) => `${path} ${message}`).join("; "));
  }
}
