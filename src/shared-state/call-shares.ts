import type { CallsEvent } from "./shared-events.js";

/** How many copies are known at most: more messages are garbage. */
const maxCopies = 500;

/** A copy that was not heard of for so many beats has gone. */
const missedBeats = 4;

/** For how many beats an account's calls are told until the other copies have surely told theirs. */
const settledBeats = 2;

/** The least part of an account's calls that a copy has, whatever the others tell. */
const leastShare = 1 / maxCopies;

/** Fewer calls than that are as none. */
const leastDemand = 0.5;

/** How many accounts a copy tells of: those with most calls. */
export const maxTold = 500;

interface OtherCopy {
  heardAtBeat: number;
  calls: ReadonlyMap<string, number>;
}

interface OwnDemand {
  calls: number;
  /** How often it was told. */
  beats: number;
}

/**
 * Divides the calls of each account among the copies, by how many calls each has had to make of late. At each beat every
 * copy tells the others, so that all divide by the same numbers. An account that is new to a copy gets the same part as
 * all copies would have, until each has told its own calls.
 */
export class CallShares {
  readonly #others = new Map<string, OtherCopy>();
  readonly #own = new Map<string, OwnDemand>();
  #beat = 0;

  /** @returns over 0, at most 1 */
  shareOf(account: string): number {
    const own = this.#own.get(account);
    if (own === undefined || own.beats < settledBeats) return 1 / (this.#others.size + 1);
    let total = own.calls;
    for (const { calls } of this.#others.values()) total += calls.get(account) ?? 0;
    return Math.max(leastShare, own.calls / total);
  }

  /**
   * Takes note of this copy's calls since the last beat.
   *
   * @returns what to tell the other copies
   */
  beat(asked: Iterable<readonly [account: string, calls: number]>): CallsEvent["calls"] {
    this.#beat += 1;
    for (const demand of this.#own.values()) {
      demand.calls /= 2;
      demand.beats += 1;
    }
    for (const [account, calls] of asked) {
      const demand = this.#own.get(account) ?? { calls: 0, beats: 1 };
      demand.calls += calls;
      this.#own.set(account, demand);
    }
    for (const [account, { calls }] of this.#own) if (calls < leastDemand) this.#own.delete(account);
    for (const [copy, { heardAtBeat }] of this.#others) {
      if (this.#beat - heardAtBeat > missedBeats) this.#others.delete(copy);
    }
    return this.#toTell();
  }

  /** Takes note of another copy's calls, instead of what it told before. */
  heard({ from, calls }: Pick<CallsEvent, "from" | "calls">): void {
    if (!this.#others.has(from) && this.#others.size >= maxCopies) return;
    this.#others.set(from, { heardAtBeat: this.#beat, calls: new Map(calls) });
  }

  /** The others are out of reach: each copy gets the same part, by how many there were, until they are heard again. */
  lost(): void {
    this.#own.clear();
  }

  #toTell(): [string, number][] {
    const all = Array.from(this.#own, ([account, { calls }]): [string, number] => [account, rounded(calls)]);
    if (all.length <= maxTold) return all;
    return all.sort(([, one], [, other]) => other - one).slice(0, maxTold);
  }
}

function rounded(calls: number): number {
  return Math.round(calls * 100) / 100;
}
