/** Whoever is logged in at this page. */
export class Session {
  #renewal: Promise<void> | undefined;

  /** @param login gets a token, such as from a form or by a refresh token */
  constructor(
    public token: string,
    private readonly login: () => Promise<string>,
  ) {}

  /**
   * Gets another token in place of one that was refused: once for all operations that were refused together.
   *
   * @throws what `login` throws, to whoever sent the operation
   */
  renew(refused: string | undefined): Promise<void> {
    if (refused !== this.token) return Promise.resolve();
    this.#renewal ??= this.#replace();
    return this.#renewal;
  }

  async #replace(): Promise<void> {
    try {
      this.token = await this.login();
    } finally {
      this.#renewal = undefined;
    }
  }
}
