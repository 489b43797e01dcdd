import DataLoader from "dataloader";

import { forEachLimited } from "./for-each-limited.js";
import { outcomeOf } from "./outcome.js";

/** Ids of one account that are fetched together. */
export interface EntityChunk {
  readonly accountId: string;
  readonly ids: readonly string[];
}

/** How the entities of one kind are fetched. */
export interface EntitySource<T> {
  /** A chunk's entities by id; a rejection is the error of each of the chunk. */
  fetch(chunk: EntityChunk): Promise<ReadonlyMap<string, T>>;
  /** What an id stands for that the fetch did not find. */
  absent(accountId: string, id: string): T;
  /** How many ids a chunk has at most. */
  readonly maxIds: number;
  /** How many chunks of one batch are fetched side by side. */
  readonly maxConcurrency: number;
}

/** The fetch of one chunk; `found` is there once it is over. */
interface Lookup<T> {
  readonly accountId: string;
  readonly ids: string[];
  found?: ReadonlyMap<string, T> | Error;
  /** The batch that the chunk is of. */
  batch?: Promise<void>;
}

/** The look-up of each id of an account that was asked for. */
type Asked<T> = Map<string, Lookup<T>>;

interface BatchKey<T> {
  readonly accountId: string;
  readonly ids: readonly string[];
  readonly asked: Asked<T>;
}

/**
 * Entities by account and id. What is asked for at the same time is fetched together, and nothing is fetched
 * twice: failures are remembered too. Ids are asked for in lists, of one promise each: with one for each id,
 * 100 agents and their reasons cost 0.5 ms of CPU more.
 */
export class EntityLoader<T> {
  readonly #batches = new DataLoader<BatchKey<T>, null>((keys) => this.#lookUp(keys), { cache: false });
  readonly #accounts = new Map<string, Asked<T>>();

  constructor(private readonly source: EntitySource<T>) {}

  /** @returns what became of each id, in their order */
  async loadMany(accountId: string, ids: readonly string[]): Promise<readonly (T | Error)[]> {
    const asked = this.#askedOf(accountId);
    if (!ids.every((id) => asked.has(id))) await this.#batches.load({ accountId, ids, asked });
    const outcomes: (T | Error)[] = [];
    for (const id of ids) {
      const lookup = asked.get(id);
      // An id that was asked for before may still be under way.
      if (lookup?.found === undefined) await lookup?.batch;
      outcomes.push(this.#outcome(accountId, id, lookup));
    }
    return outcomes;
  }

  async load(accountId: string, id: string): Promise<T> {
    const [outcome = this.source.absent(accountId, id)] = await this.loadMany(accountId, [id]);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** @returns what became of an id; undefined where that is not known yet */
  peek(accountId: string, id: string): T | Error | undefined {
    const lookup = this.#accounts.get(accountId)?.get(id);
    return lookup?.found && this.#outcome(accountId, id, lookup);
  }

  /** Forgets everything. */
  clear(): void {
    this.#accounts.clear();
  }

  #askedOf(accountId: string): Asked<T> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const asked: Asked<T> = new Map();
    this.#accounts.set(accountId, asked);
    return asked;
  }

  #outcome(accountId: string, id: string, lookup: Lookup<T> | undefined): T | Error {
    const found = lookup?.found;
    return found instanceof Error ? found : (found?.get(id) ?? this.source.absent(accountId, id));
  }

  async #lookUp(keys: readonly BatchKey<T>[]): Promise<null[]> {
    const lookups = newLookups(keys, this.source.maxIds);
    const batch = forEachLimited(lookups, this.source.maxConcurrency, async (lookup) => {
      lookup.found = await outcomeOf(this.source.fetch(lookup));
    });
    for (const lookup of lookups) lookup.batch = batch;
    await batch;
    return keys.map(() => null);
  }
}

/** Those for the ids that nobody asked for before, which from now on are asked for. */
function newLookups<T>(keys: readonly BatchKey<T>[], maxIds: number): Lookup<T>[] {
  const lookups: Lookup<T>[] = [];
  const open = new Map<Asked<T>, Lookup<T>>();
  for (const { accountId, ids, asked } of keys) {
    for (const id of ids) {
      if (asked.has(id)) continue;
      let lookup = open.get(asked);
      if (lookup === undefined || lookup.ids.length >= maxIds) {
        lookup = { accountId, ids: [] };
        open.set(asked, lookup);
        lookups.push(lookup);
      }
      lookup.ids.push(id);
      asked.set(id, lookup);
    }
  }
  return lookups;
}
