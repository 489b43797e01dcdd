import type { Redis } from "ioredis";

import type { BoundedCommands } from "./bounded-commands.js";
import { maxPauses } from "./known-pauses.js";
import type { KnownPauses } from "./known-pauses.js";

/** Sets a pause, unless one that ends later is set. KEYS: the pause; ARGV: how long it lasts, in milliseconds. */
const setPauseScript =
  "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end";

/** The pauses of accounts, in a Redis as keys that expire, for copies that start later. */
export class RedisPauses {
  readonly #start: string;

  constructor(
    private readonly commands: BoundedCommands,
    prefix: string,
    private readonly known: KnownPauses,
  ) {
    this.#start = `${prefix}pause:`;
  }

  /** @param account its digest */
  store(account: string, forMs: number): void {
    this.commands.send((client) => client.eval(setPauseScript, 1, this.#start + account, forMs));
  }

  /** Reads the pauses that began before this copy could hear of them. */
  async readAll(client: Redis): Promise<void> {
    let cursor = "0";
    let count = 0;
    do {
      const [next, keys] = await client.scan(cursor, "MATCH", `${escapePattern(this.#start)}*`, "COUNT", 500);
      const lasting = await Promise.all(keys.map((key) => client.pttl(key)));
      keys.forEach((key, index) => {
        this.known.add(key.slice(this.#start.length), lasting[index] ?? 0);
      });
      cursor = next;
      count += keys.length;
    } while (cursor !== "0" && count < maxPauses);
  }
}

/** Escapes what has a meaning in a pattern of SCAN. */
function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
