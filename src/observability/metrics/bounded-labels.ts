/** What every value past the bound is called. */
export const otherLabel = "other";

/** What is counted under one value of a label. */
interface Labelled<Series> {
  readonly series: Map<string, Series>;
  /** Grows with each use. */
  usedAt: number;
}

/**
 * Keeps the values of a label few, whatever callers send: past the bound a new value takes the place of the one that
 * was used least lately, with all that was counted under it.
 */
export class BoundedLabels<Series> {
  readonly #labels = new Map<string, Labelled<Series>>();
  #uses = 0;

  /** @param bound how many distinct values there may be besides {@link otherLabel} */
  constructor(private readonly bound: number) {}

  /**
   * Finds a series.
   *
   * @param value of the label
   * @param key of the series under that value
   * @param make makes the series, where there is none
   * @param isHonest whether a value that is not there yet may take a place; else it counts as {@link otherLabel}
   */
  seriesOf(value: string, key: string, make: (label: string) => Series, isHonest: boolean): Series {
    const label = this.#labels.has(value) || isHonest ? value : otherLabel;
    const labelled = this.#labels.get(label) ?? this.#add(label);
    this.#uses += 1;
    labelled.usedAt = this.#uses;
    let series = labelled.series.get(key);
    if (series === undefined) {
      series = make(label);
      labelled.series.set(key, series);
    }
    return series;
  }

  /** Every series that is there. */
  *all(): Iterable<Series> {
    for (const { series } of this.#labels.values()) yield* series.values();
  }

  #add(label: string): Labelled<Series> {
    const added: Labelled<Series> = { series: new Map(), usedAt: 0 };
    if (label !== otherLabel && this.#size >= this.bound) this.#removeOldest();
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
    if (oldest !== undefined) this.#labels.delete(oldest);
  }
}
