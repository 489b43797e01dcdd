import type { BoundedCommands } from "./bounded-commands.js";
import { sharedDigest } from "./shared-events.js";

/** Adds to a count. KEYS: the count; ARGV: how many, and how long it is kept, in milliseconds. */
const addScript =
  "local total = redis.call('INCRBY', KEYS[1], ARGV[1]) redis.call('PEXPIRE', KEYS[1], ARGV[2]) return total";

/** How many operations callers sent, in a Redis. Callers are digests there. */
export class RedisCounts {
  constructor(
    private readonly commands: BoundedCommands,
    private readonly prefix: string,
  ) {}

  /** @returns the count of all copies; undefined where the Redis cannot tell */
  async add(caller: string, window: number, count: number, keptMs: number): Promise<number | undefined> {
    const key = `${this.prefix}operations:${sharedDigest(this.prefix, caller)}:${window}`;
    const total = await this.commands.read((client) => client.eval(addScript, 1, key, count, keptMs));
    return typeof total === "number" && total >= 0 ? total : undefined;
  }
}
