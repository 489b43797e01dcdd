import { setTimeout as delay } from "node:timers/promises";

import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { isDone, send } from "./copy-process.js";
import { Fleet } from "./fleet.js";
import type { FleetOptions } from "./fleet.js";

export interface BurstOptions extends FleetOptions {
  /** How many requests the upstream takes of the account in a second. */
  readonly perSecond: number;
  /** How many clients send at the same time, each one operation after the other. */
  readonly clients: number;
  readonly durationMs: number;
}

export interface BurstReport {
  /** Requests that the upstream refused with a 429. */
  readonly refused: number;
  /** Requests that the upstream served. */
  readonly served: number;
  /** Operations that clients got results of. */
  readonly done: number;
}

/** Sends more operations about one account than the upstream takes, each for one upstream call. */
export async function runBurst({
  perSecond,
  clients,
  durationMs,
  ...options
}: BurstOptions): Promise<BurstReport> {
  const fleet = await Fleet.start(options);
  try {
    // The copies know that the token works, so that a 429 pauses the account.
    for (const { url } of fleet.copies) await send(url, agentQuery(0));
    fleet.emulator.journal.clear();
    fleet.emulator.rateLimit.set(perSecond);
    const endMs = performance.now() + durationMs;
    const done = await Promise.all(
      Array.from({ length: clients }, (_, client) => useUntil(endMs, fleet.balancer.url, client)),
    );
    const { requests } = fleet.emulator.journal;
    return {
      refused: requests.filter(({ status }) => status === 429).length,
      served: requests.filter(({ status }) => status === 200).length,
      done: done.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    await fleet.stop();
  }
}

/** A client that waits as long as it is told to after a refusal. */
async function useUntil(endMs: number, url: string, client: number): Promise<number> {
  let done = 0;
  for (let number = 0; performance.now() < endMs; number += 1) {
    const result = await send(url, agentQuery(client * 1000 + number));
    if (isDone(result)) done += 1;
    const waitMs = (result.retryAfter ?? 0) * 1000;
    if (performance.now() + waitMs >= endMs) break;
    await delay(waitMs);
  }
  return done;
}

/** About another agent each time, so that no two clients share a read. */
function agentQuery(number: number): string {
  return `{ agent(accountId: "${accountId}", id: "${number + 1}") { status { state } } }`;
}
