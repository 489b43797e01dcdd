import { CallShares } from "./call-shares.js";
import type { CallsEvent } from "./shared-events.js";
import type { TakeAskedCalls } from "./shared-state.js";

/** How often the copies tell each other how many calls they make, in milliseconds. */
export const beatMs = 500;

export interface RedisCallSharesOptions {
  /** Whether the other copies are in reach. */
  readonly isReached: () => boolean;
  readonly tell: (calls: CallsEvent["calls"]) => void;
  readonly digestOf: (accountId: string) => string;
}

/** Divides the calls of accounts with the copies that a Redis connects; beats once somebody counts calls. */
export class RedisCallShares {
  readonly #shares = new CallShares();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RedisCallSharesOptions) {}

  shareOf(accountId: string): number {
    return this.#shares.shareOf(this.options.digestOf(accountId));
  }

  start(takeAsked: TakeAskedCalls): void {
    this.#timer = setInterval(() => {
      const { isReached, digestOf, tell } = this.options;
      const asked = takeAsked().map(([id, calls]) => [digestOf(id), calls] as const);
      if (isReached()) tell(this.#shares.beat(asked));
      else this.#shares.lost();
    }, beatMs).unref();
  }

  heard(event: CallsEvent): void {
    this.#shares.heard(event);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
