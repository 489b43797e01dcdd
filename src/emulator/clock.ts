/** A clock that can be set. Unless it is set, it shows what its source shows. */
export class EmulatorClock {
  #read: () => number;

  /** @param source epoch milliseconds */
  constructor(private readonly source: () => number) {
    this.#read = source;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#read();

  /**
   * Sets the clock.
   *
   * @param at epoch milliseconds
   * @param runs whether it goes on from there, as fast as its source, or stands still
   */
  set(at: number, { runs = false }: { readonly runs?: boolean } = {}): void {
    const offset = at - this.source();
    this.#read = runs ? () => this.source() + offset : () => at;
  }

  /** Shows again what the source shows. */
  release(): void {
    this.#read = this.source;
  }
}
