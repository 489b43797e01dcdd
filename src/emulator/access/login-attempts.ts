const maxFailures = 5;
/** The vendor's pause after a 429. */
const lockoutMs = 5000;

interface Streak {
  failures: number;
  lastAt: number;
}

/** Failed logins in a row, by user. */
export class LoginAttempts {
  readonly #streaks = new Map<string, Streak>();

  constructor(private readonly now: () => number) {}

  /** Milliseconds until the user may try again; 0 or less: at once. */
  waitMs(username: string): number {
    const streak = this.#streaks.get(username);
    if (streak === undefined || streak.failures < maxFailures) return 0;
    return streak.lastAt + lockoutMs - this.now();
  }

  failed(username: string): void {
    const failures = (this.#streaks.get(username)?.failures ?? 0) + 1;
    this.#streaks.set(username, { failures, lastAt: this.now() });
  }

  succeeded(username: string): void {
    this.#streaks.delete(username);
  }
}
