/** The session of the user of this page. */
export class Session {
  #renewal: Promise<void> | undefined;

  /** @param login returns a new token, such as from a form or by a refresh token */
  constructor(
    public token: string,
    private readonly login: () => Promise<string>,
  ) {}

  /**
   * Replaces a rejected token: once for all operations that were rejected with it.
   *
   * @throws the error of `login`
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
