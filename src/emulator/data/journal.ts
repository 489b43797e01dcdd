import type { IncomingHttpHeaders } from "node:http";

import type { ReasonWrite } from "./reasons.js";

/** One request as it was received. */
export interface JournalEntry {
  /** Epoch milliseconds, by the emulator's clock. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** As received, "" for none. */
  readonly body: string;
  /** The `Host` header: which service was called. */
  readonly host: string;
  /** Missing until the answer is sent, and for good when a fault took the answer away. */
  status?: number;
}

/** Every condition given must hold; none given: every request. */
export interface JournalFilter {
  method?: string;
  /** A part of the path. */
  path?: string;
  host?: string;
}

/** Every request received and every write applied, oldest first. */
export class Journal {
  readonly #requests: JournalEntry[] = [];
  readonly #writes: ReasonWrite[] = [];
  readonly #watchers = new Set<() => void>();

  /** @param capacity - How many requests, and how many writes, are kept: the oldest go first. */
  constructor(readonly capacity = 100_000) {}

  get requests(): readonly JournalEntry[] {
    return this.#requests;
  }

  get writes(): readonly ReasonWrite[] {
    return this.#writes;
  }

  /** The requests kept that meet the filter. */
  select(filter: JournalFilter = {}): JournalEntry[] {
    return this.#requests.filter((entry) => matches(entry, filter));
  }

  count(filter: JournalFilter = {}): number {
    return this.select(filter).length;
  }

  /** Resolves once `count` requests that meet the filter are in the journal: saves tests from polling. */
  async whenReceived(filter: JournalFilter = {}, count = 1): Promise<void> {
    while (this.count(filter) < count) await this.#nextRequest();
  }

  clear(): void {
    this.#requests.length = 0;
    this.#writes.length = 0;
  }

  /** Called by the emulator for each request received. */
  record(entry: JournalEntry): JournalEntry {
    append(this.#requests, entry, this.capacity);
    for (const wake of this.#watchers) wake();
    this.#watchers.clear();
    return entry;
  }

  /** Called by the emulator for each write applied. */
  recordWrite(write: ReasonWrite): void {
    append(this.#writes, write, this.capacity);
  }

  #nextRequest(): Promise<void> {
    return new Promise((resolve) => this.#watchers.add(resolve));
  }
}

function matches(entry: JournalEntry, { method, path, host }: JournalFilter): boolean {
  return (
    (method === undefined || entry.method === method) &&
    (path === undefined || entry.path.includes(path)) &&
    (host === undefined || entry.host === host)
  );
}

/** Drops the oldest tenth at once when full: dropping one at a time would move the whole array each time. */
function append<T>(items: T[], item: T, capacity: number): void {
  if (items.length >= capacity) items.splice(0, Math.ceil(capacity / 10));
  items.push(item);
}
