/** The label of all values beyond the bound. */
export const otherLabel = "other";

interface Labelled<Figures> {
  readonly figures: Figures;
  /** Grows with each use. */
  usedAt: number;
}

/** What a label value's figures are made and removed by. */
export interface LabelOwner<Figures> {
  readonly create: (label: string) => Figures;
  /** Called when the value is evicted. */
  readonly remove: (figures: Figures) => void;
}

/**
 * Bounds the distinct values of a label, whatever callers send: beyond the bound a new value evicts the least recently
 * used one, with its figures.
 */
export class BoundedLabels<Figures> {
  readonly #labels = new Map<string, Labelled<Figures>>();
  #uses = 0;

  /** @param bound how many distinct values there may be besides {@link otherLabel} */
  constructor(
    private readonly bound: number,
    private readonly owner: LabelOwner<Figures>,
  ) {}

  /**
   * Finds the figures of a label's value.
   *
   * @param isHonest whether a new value may be added; if not, it counts as {@link otherLabel}
   */
  figuresOf(value: string, isHonest: boolean): Figures {
    let labelled = this.#labels.get(value);
    if (labelled === undefined) {
      const label = isHonest ? value : otherLabel;
      labelled = this.#labels.get(label) ?? this.#add(label);
    }
    this.#uses += 1;
    labelled.usedAt = this.#uses;
    return labelled.figures;
  }

  /** The figures of all values. */
  *all(): Iterable<Figures> {
    for (const { figures } of this.#labels.values()) yield figures;
  }

  #add(label: string): Labelled<Figures> {
    if (label !== otherLabel && this.#size >= this.bound) this.#removeOldest();
    const added: Labelled<Figures> = { figures: this.owner.create(label), usedAt: 0 };
    this.#labels.set(label, added);
    return added;
  }

  get #size(): number {
    return this.#labels.size - (this.#labels.has(otherLabel) ? 1 : 0);
  }

  #removeOldest(): void {
    let oldest: string | undefined;
    let oldestUse = Infinity;
    for (const [label, { usedAt }] of this.#labels) {
      if (label === otherLabel || usedAt >= oldestUse) continue;
      oldest = label;
      oldestUse = usedAt;
    }
    const evicted = oldest === undefined ? undefined : this.#labels.get(oldest);
    if (oldest === undefined || evicted === undefined) return;
    this.#labels.delete(oldest);
    this.owner.remove(evicted.figures);
  }
}
