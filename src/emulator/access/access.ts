import type { Random } from "../../lib/index.js";

/** Accounts that may be read, and accounts that may be written. */
export interface Grant {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Accounts whose history of agents' changes may be read: none for users, who are not machines. */
  readonly activity: readonly string[];
}

/** A user of the login service. */
export interface LoginUser {
  readonly username: string;
  readonly password: string;
  readonly accountId: string;
  /** A 64-bit id. */
  readonly userId: string;
  readonly grant: Grant;
  /** The login service refuses a locked user with status 451. */
  readonly locked?: boolean;
}

/** An OAuth 2.0 client. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accountId: string;
  readonly grant: Grant;
}

interface IssuedToken {
  readonly grant: Grant;
  readonly expiresAt: number;
}

/** The known bearer tokens and their grants. */
export class AccessTokens {
  readonly #issued = new Map<string, IssuedToken>();

  constructor(
    private readonly now: () => number,
    private readonly random: Random,
  ) {}

  /** @param expiresAt - Epoch milliseconds. */
  add(token: string, grant: Grant, expiresAt = Infinity): void {
    this.#issued.set(token, { grant, expiresAt });
  }

  /** Issues a new token: `prefix` and 32 hexadecimal digits. */
  issue(prefix: string, grant: Grant, expiresAt?: number): string {
    const token = prefix + this.randomHex();
    this.add(token, grant, expiresAt);
    return token;
  }

  /** The grant of a token; undefined if it is unknown or expired. */
  find(token: string): Grant | undefined {
    const issued = this.#issued.get(token);
    return issued !== undefined && this.now() < issued.expiresAt ? issued.grant : undefined;
  }

  /** Whether a token was issued, but is no longer valid. */
  hasExpired(token: string): boolean {
    const issued = this.#issued.get(token);
    return issued !== undefined && this.now() >= issued.expiresAt;
  }

  /** 32 hexadecimal digits from the seeded random source. */
  randomHex(): string {
    return Array.from({ length: 32 }, () => Math.floor(this.random() * 16).toString(16)).join("");
  }
}

const maxFailures = 5;
/** How long a user has to wait after too many failed logins. */
const lockoutMs = 5000;

interface Streak {
  failures: number;
  lastAt: number;
}

/** Failed logins in a row, by user. */
export class LoginAttempts {
  readonly #streaks = new Map<string, Streak>();

  constructor(private readonly now: () => number) {}

  /** Milliseconds until the user may log in again; 0 or less for at once. */
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
