/** The session of the user of this page: the token that is sent, and where a new one comes from. */
export class Session {
  #token: string;
  readonly #login: () => Promise<string>;
  #renewal: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();

  /** @param login returns a new token, such as from a form or by a refresh token */
  constructor(token: string, login: () => Promise<string>) {
    this.#token = token;
    this.#login = login;
  }

  get token(): string {
    return this.#token;
  }

  /**
   * Replaces a rejected token: once for all operations that were rejected with it.
   *
   * @throws the error of `login`
   */
  renew(rejected: string | undefined): Promise<void> {
    if (rejected !== this.#token) return Promise.resolve();
    this.#renewal ??= this.#replace();
    return this.#renewal;
  }

  /**
   * Calls `listener` each time the token was replaced.
   *
   * @returns a function that ends that
   */
  onRenewal(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #replace(): Promise<void> {
    try {
      this.#token = await this.#login();
    } finally {
      this.#renewal = undefined;
    }
    for (const listener of this.#listeners) listener();
  }
}
