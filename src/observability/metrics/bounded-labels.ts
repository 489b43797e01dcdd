/** The label of all values beyond the bound. */
export const otherLabel = "other";

/** The series of one label value. */
interface Labelled<Series> {
  readonly series: Map<string, Series>;
  /** Grows with each use. */
  usedAt: number;
}

/**
 * Bounds the distinct values of a label, whatever callers send: beyond the bound a new value evicts the least recently
 * used one, with its series.
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
   * @param make creates the series if there is none
   * @param isHonest whether a new value may be added; if not, it counts as {@link otherLabel}
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

  /** All series. */
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
