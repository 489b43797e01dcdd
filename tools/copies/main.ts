/**
 * Three copies of the gateway in processes of their own, beside one and beside three without a Redis: `npm run test:copies`.
 * It needs `redis-server`. Exits with 1 if anything is not as docs/many-copies.md says.
 */
import { runBurst } from "./burst.js";
import { Fleet } from "./fleet.js";
import { measureChanges, measurePauses } from "./latency.js";
import { underLoad } from "./load.js";
import type { LoadReport } from "./load.js";

const entry = "bundle/main.js";
const perSecond = 20;
const three = { entry, copies: 3, hasRedis: true };
/** The limits of docs/many-copies.md, in milliseconds. */
const longest = { change: 500, pause: 50 };

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const isWrong = (what: string): void => {
  print(`WRONG: ${what}`);
  process.exitCode = 1;
};

print(`30 clients for 10 s, about an account of which the upstream takes ${perSecond} requests a second:`);
const budget = { ACCOUNT_MAX_CALLS_PER_SECOND: String(perSecond) };
for (const [name, options] of Object.entries({
  "one copy": { entry, copies: 1, hasRedis: false },
  "three copies, no Redis": { entry, copies: 3, hasRedis: false },
  "three copies, Redis": three,
  "three copies, Redis, ACCOUNT_MAX_CALLS_PER_SECOND=20": { ...three, env: budget },
})) {
  const { refused, served, done } = await runBurst({
    ...options,
    perSecond,
    clients: 30,
    durationMs: 10_000,
  });
  print(`  ${name}: ${refused} requests got a 429, ${served} were served; ${done} operations done`);
  if (done === 0) isWrong("nothing was done");
}

const changes = await measureChanges({ ...three, rounds: 50 });
print(`a created reason reached the subscribers of all copies within ${spreadOf(changes)}`);
if ((changes.at(-1) ?? 0) > longest.change) isWrong("that took too long");
const pauses = await measurePauses({ ...three, rounds: 20 });
print(`the other copies knew of a 429 within ${spreadOf(pauses)}`);
if ((pauses.at(-1) ?? 0) > longest.pause) isWrong("that took too long");

const killed = await withFleet((fleet) =>
  underLoad(fleet, 12, async (afterMore) => {
    await afterMore(2000);
    await fleet.kill(0);
    await afterMore(2000);
  }),
);
printLoad("one copy killed", killed);
const restarted = await withFleet((fleet) =>
  underLoad(fleet, 12, async (afterMore) => {
    await afterMore(500);
    await fleet.restartAll();
    await afterMore(500);
  }),
);
printLoad("each copy restarted", restarted);
if (Object.keys(restarted.failures).length > 0) isWrong("operations failed");

async function withFleet(work: (fleet: Fleet) => Promise<LoadReport>): Promise<LoadReport> {
  const fleet = await Fleet.start(three);
  return work(fleet).finally(() => fleet.stop());
}

function printLoad(name: string, { operations, failures, violations }: LoadReport): void {
  print(`${name} under load: ${operations} operations, failures ${JSON.stringify(failures)}`);
  for (const violation of violations) isWrong(violation);
}

/** The median and the longest of sorted durations. */
function spreadOf(durations: readonly number[]): string {
  const median = durations[Math.floor(durations.length / 2)] ?? NaN;
  return `${median.toFixed(0)} ms in the median, ${(durations.at(-1) ?? NaN).toFixed(0)} ms at the longest`;
}
