import { Problem } from "./problem.js";

/** The account that a path is about. */
const accountInPath = /\/account\/([^/?]+)/;

/** Limits how many requests each account gets in a second of the clock; without a limit unless one is set. */
export class RateLimit {
  /** undefined: any number. */
  #perSecond: number | undefined;
  #second = 0;
  readonly #counts = new Map<string, number>();

  /** @param now epoch milliseconds */
  constructor(private readonly now: () => number) {}

  /** @param perSecond undefined: any number */
  set(perSecond: number | undefined): void {
    this.#perSecond = perSecond;
    this.#counts.clear();
  }

  /** @throws Problem 429 where the path's account has had as many requests in this second as it gets */
  check(path: string): void {
    const accountId = accountInPath.exec(path)?.[1];
    if (this.#perSecond === undefined || accountId === undefined) return;
    const second = Math.floor(this.now() / 1000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const count = (this.#counts.get(accountId) ?? 0) + 1;
    this.#counts.set(accountId, count);
    if (count > this.#perSecond) throw new Problem(429, "Too many requests.", { "retry-after": "1" });
  }
}
