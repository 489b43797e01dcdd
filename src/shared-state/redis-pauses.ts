import type { Redis } from "ioredis";

import type { BoundedCommands } from "./bounded-commands.js";
import { maxPauses } from "./known-pauses.js";
import type { KnownPauses } from "./known-pauses.js";
import { isDigest } from "./shared-events.js";

/** How many rounds a copy asks for pauses at most: a Redis that many others use has more keys than are worth it. */
const maxRounds = 1000;

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
    for (let round = 0; round < maxRounds && count < maxPauses; round += 1) {
      const [next, keys] = await client.scan(cursor, "MATCH", `${escapePattern(this.#start)}*`, "COUNT", 500);
      const lasting = await Promise.all(keys.map((key) => client.pttl(key)));
      keys.forEach((key, index) => {
        const account = key.slice(this.#start.length);
        if (isDigest(account)) this.known.add(account, lasting[index]);
      });
      count += keys.length;
      if (next === "0") return;
      cursor = next;
    }
  }
}

/** Escapes what has a meaning in a pattern of SCAN. */
function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
