import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { figureOf } from "../../test/support/gateway.js";
import { killProcesses } from "../../test/support/process.js";
import { killRedisServers, RedisServer } from "../../test/support/redis.js";
import { Balancer } from "./balancer.js";
import { startCopyProcess } from "./copy-process.js";
import type { CopyProcess } from "./copy-process.js";

/** How long a copy that stops still serves, in milliseconds: the balancer finds out meanwhile. */
const shutdownDelayMs = 300;

export interface FleetOptions {
  /** The compiled entry of the gateway. */
  readonly entry: string;
  readonly copies: number;
  readonly hasRedis: boolean;
  /** More settings of each copy. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Copies of the gateway in processes of their own behind a load balancer, with one emulator. */
export class Fleet {
  private constructor(
    readonly emulator: Emulator,
    readonly balancer: Balancer,
    readonly copies: CopyProcess[],
    private readonly redis: RedisServer | undefined,
    private readonly startCopy: () => Promise<CopyProcess>,
  ) {}

  static async start({ entry, copies: count, hasRedis, env }: FleetOptions): Promise<Fleet> {
    const emulator = await startEmulator();
    const redis = hasRedis ? await RedisServer.start() : undefined;
    const startCopy = async (): Promise<CopyProcess> => {
      const copy = await startCopyProcess(entry, {
        ...{ UPSTREAM: emulator.origin, LIVE_INTERVAL_MS: "3600000" },
        ...{ SHUTDOWN_DELAY_MS: String(shutdownDelayMs), ...env },
        ...(redis !== undefined && { REDIS_URL: redis.url }),
      });
      if (redis !== undefined) await untilReached(copy);
      return copy;
    };
    const copies = await Promise.all(Array.from({ length: count }, startCopy));
    const balancer = await Balancer.start(copies.map(({ origin }) => origin));
    return new Fleet(emulator, balancer, copies, redis, startCopy);
  }

  /** Kills one copy with SIGKILL, which the balancer is not told. */
  async kill(index: number): Promise<void> {
    const copy = this.copies[index];
    copy?.process.signal("SIGKILL");
    await copy?.process.exited;
  }

  /** Replaces each copy: starts another one, then stops it with SIGTERM. */
  async restartAll(): Promise<void> {
    for (const copy of this.copies.splice(0)) {
      const next = await this.startCopy();
      this.copies.push(next);
      this.balancer.add(next.origin);
      copy.process.signal("SIGTERM");
      await copy.process.exited;
      this.balancer.remove(copy.origin);
    }
  }

  async stop(): Promise<void> {
    await this.balancer.stop();
    killProcesses();
    await Promise.all(this.copies.map((copy) => copy.process.exited));
    await this.emulator.stop();
    await this.redis?.stop();
    killRedisServers();
  }
}

async function untilReached({ origin }: CopyProcess): Promise<void> {
  while ((await figureOf(origin, "status_reason_gateway_shared_state_reached")) !== 1);
}
