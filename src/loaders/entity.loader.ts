import DataLoader from "dataloader";

import { forEachLimited } from "../lib/index.js";
import { errorOf } from "./outcome.js";

/** Ids of one account that are fetched together. */
export interface EntityChunk {
  readonly accountId: string;
  readonly ids: readonly string[];
}

/** What was found, by id; an Error in the place of one that is there but cannot be had. */
export type FoundById<T> = Pick<ReadonlyMap<string, T | Error>, "get">;

/** How the entities of one kind are fetched. */
export interface EntitySource<T> {
  /** A chunk's entities; a rejection is the error of each of the chunk. */
  fetch(chunk: EntityChunk): Promise<FoundById<T>>;
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
  found?: FoundById<T> | Error;
  /** The batch that the chunk is of. */
  batch?: Promise<unknown>;
}

/** What was asked for of one account. */
interface Asked<T> {
  readonly accountId: string;
  readonly lookups: Map<string, Lookup<T>>;
  /** The look-up that further ids of the batch being made go into. */
  open: Lookup<T> | undefined;
}

interface BatchKey<T> {
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
    if (!ids.every((id) => asked.lookups.has(id))) await this.#batches.load({ ids, asked });
    const outcomes: (T | Error)[] = [];
    for (const id of ids) {
      const lookup = asked.lookups.get(id);
      // An id that was asked for before may still be under way.
      if (lookup?.found === undefined) await lookup?.batch;
      outcomes.push(this.#outcome(accountId, id, lookup));
    }
    return outcomes;
  }

  async load(accountId: string, id: string): Promise<T> {
    const asked = this.#askedOf(accountId);
    if (!asked.lookups.has(id)) await this.#batches.load({ ids: [id], asked });
    const lookup = asked.lookups.get(id);
    if (lookup?.found === undefined) await lookup?.batch;
    const outcome = this.#outcome(accountId, id, lookup);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** @returns what became of an id; undefined where that is not known yet */
  peek(accountId: string, id: string): T | Error | undefined {
    const lookup = this.#accounts.get(accountId)?.lookups.get(id);
    return lookup?.found && this.#outcome(accountId, id, lookup);
  }

  /** Forgets everything. */
  clear(): void {
    this.#accounts.clear();
  }

  #askedOf(accountId: string): Asked<T> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const asked: Asked<T> = { accountId, lookups: new Map(), open: undefined };
    this.#accounts.set(accountId, asked);
    return asked;
  }

  #outcome(accountId: string, id: string, lookup: Lookup<T> | undefined): T | Error {
    const found = lookup?.found;
    return found instanceof Error ? found : (found?.get(id) ?? this.source.absent(accountId, id));
  }

  #lookUp(keys: readonly BatchKey<T>[]): Promise<null[]> {
    const lookups = newLookups(keys, this.source.maxIds);
    const batch = forEachLimited(lookups, this.source.maxConcurrency, (lookup) =>
      this.source.fetch(lookup).then(
        (found) => {
          lookup.found = found;
        },
        (reason: unknown) => {
          lookup.found = errorOf(reason);
        },
      ),
    );
    for (const lookup of lookups) lookup.batch = batch;
    return batch.then(() => keys.map(() => null));
  }
}

/** Those for the ids that nobody asked for before, which from now on are asked for. */
function newLookups<T>(keys: readonly BatchKey<T>[], maxIds: number): Lookup<T>[] {
  const lookups: Lookup<T>[] = [];
  for (const { ids, asked } of keys) {
    for (const id of ids) {
      if (asked.lookups.has(id)) continue;
      if (asked.open === undefined || asked.open.ids.length >= maxIds) {
        asked.open = { accountId: asked.accountId, ids: [id] };
        lookups.push(asked.open);
      } else asked.open.ids.push(id);
      asked.lookups.set(id, asked.open);
    }
  }
  for (const { asked } of keys) asked.open = undefined;
  return lookups;
}
