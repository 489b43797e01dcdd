import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { figureOf } from "../../test/support/gateway.js";
import { nextOf, sseClient } from "../../test/support/subscribers.js";
import type { Events } from "../../test/support/subscribers.js";
import { send } from "./copy-process.js";
import { Fleet } from "./fleet.js";
import type { FleetOptions } from "./fleet.js";

export interface LatencyOptions extends FleetOptions {
  readonly rounds: number;
}

const read = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { text } } }`;

/** How long each round took until subscribers of all copies saw a reason that one copy created, in milliseconds, sorted. */
export async function measureChanges({ rounds, ...options }: LatencyOptions): Promise<number[]> {
  const fleet = await Fleet.start(options);
  const clients = fleet.copies.map(({ url }) => sseClient(url));
  try {
    const events = clients.map((client) => client.iterate({ query: subscription }) as Events);
    for (const each of events) await nextOf(each);
    const durations: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const text = `Round ${round}`;
      const seen = events.map((each) => untilSeen(each, text));
      const startMs = performance.now();
      await send(fleet.balancer.url, createOf(text));
      await Promise.all(seen);
      durations.push(performance.now() - startMs);
    }
    return durations.sort((one, other) => one - other);
  } finally {
    for (const client of clients) client.dispose();
    await fleet.stop();
  }
}

/** How long each round took from a 429 that one copy met until all others knew of it, in milliseconds, sorted. */
export async function measurePauses({ rounds, ...options }: LatencyOptions): Promise<number[]> {
  const fleet = await Fleet.start(options);
  try {
    const [one, ...others] = fleet.copies;
    if (one === undefined) throw new Error("a fleet without copies");
    await send(one.url, read);
    const durations: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      fleet.emulator.journal.clear();
      fleet.emulator.faults.add({ status: 429, times: 1, headers: { "retry-after": "1" } });
      const refused = fleet.emulator.journal.whenReceived();
      const served = send(one.url, read);
      await refused;
      const startMs = performance.now();
      await Promise.all(others.map(({ origin }) => untilHeard(origin, round)));
      durations.push(performance.now() - startMs);
      // It is repeated after the pause.
      await served;
    }
    return durations.sort((one, other) => one - other);
  } finally {
    await fleet.stop();
  }
}

function createOf(text: string): string {
  return `mutation { createStatusReason(accountId: "${accountId}", input: { text: "${text}" }) { revision } }`;
}

async function untilSeen(events: Events, text: string): Promise<void> {
  while (!JSON.stringify((await nextOf(events)).data).includes(`"${text}"`));
}

async function untilHeard(origin: string, count: number): Promise<void> {
  const figure = 'status_reason_gateway_shared_state_events_total{event="pause",direction="received"}';
  while ((await figureOf(origin, figure)) < count);
}
