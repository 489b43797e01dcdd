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
  /** The status of the response; undefined until it is sent, and if a fault prevents it. */
  status?: number;
}

/** A request must match every condition that is given. */
export interface JournalFilter {
  method?: string;
  /** A substring of the path. */
  path?: string;
  host?: string;
}

/** Every request received and every write applied, oldest first. */
export class Journal {
  readonly #requests: JournalEntry[] = [];
  readonly #writes: ReasonWrite[] = [];
  readonly #waiters = new Set<() => void>();

  /** @param capacity - The most requests, and the most writes, that are kept. The oldest are dropped. */
  constructor(readonly capacity = 100_000) {}

  get requests(): readonly JournalEntry[] {
    return this.#requests;
  }

  get writes(): readonly ReasonWrite[] {
    return this.#writes;
  }

  /** The requests that match the filter. */
  select(filter: JournalFilter = {}): JournalEntry[] {
    return this.#requests.filter((entry) => matches(entry, filter));
  }

  count(filter: JournalFilter = {}): number {
    return this.select(filter).length;
  }

  /** Resolves when the journal has `count` requests that match the filter, so that tests do not poll. */
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
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
    return entry;
  }

  /** Called by the emulator for each write applied. */
  recordWrite(write: ReasonWrite): void {
    append(this.#writes, write, this.capacity);
  }

  #nextRequest(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve));
  }
}

function matches(entry: JournalEntry, { method, path, host }: JournalFilter): boolean {
  return (
    (method === undefined || entry.method === method) &&
    (path === undefined || entry.path.includes(path)) &&
    (host === undefined || entry.host === host)
  );
}

/** When full, drops the oldest tenth at once: dropping one at a time would move the whole array every time. */
function append<T>(items: T[], item: T, capacity: number): void {
  if (items.length >= capacity) items.splice(0, Math.ceil(capacity / 10));
  items.push(item);
}
