import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import type { Outcome } from "./answers.js";
import { GatewayPair } from "./gateway-pair.js";
import type { Step } from "./generator/calls.js";
import type { Case } from "./generator/request.js";
import { countFast, noCounts } from "./report.js";
import type { Counts, DifferentialReport } from "./report.js";

export interface DifferentialOptions {
  readonly seed: number;
  /** The number of operations. */
  readonly count: number;
  /** Their kind. */
  readonly cases: fc.Arbitrary<Case>;
}

/** How often the plain gateway repeats a request if the first of several errors depends on timing. */
const secondOpinions = 8;

/** Sends random requests to both gateways until their responses differ. */
export async function runDifferential({
  seed,
  count,
  cases,
}: DifferentialOptions): Promise<DifferentialReport> {
  const pair = await GatewayPair.start();
  const counts = noCounts();
  try {
    const property = fc.asyncProperty(fc.noBias(cases), (tried) => check(pair, tried, counts));
    const { errorInstance } = await fc.check(property, { seed, numRuns: count });
    const difference = errorInstance == null ? undefined : `seed ${seed}: ${messageOf(errorInstance)}`;
    return { difference, ...counts };
  } finally {
    await pair.close();
  }
}

async function check(pair: GatewayPair, { same, changed, rootFields }: Case, counts: Counts): Promise<void> {
  counts.operations += 1;
  let expected: { readonly body: string; readonly outcome: Outcome } | undefined;
  let wasFast = false;
  for (const step of same) {
    if (expected?.body !== step.body) {
      expected = { body: step.body, outcome: (await pair.askPlain(step)).outcome };
    }
    wasFast = await compare(pair, step, expected.outcome);
  }
  count(counts, expected?.outcome);
  if (wasFast) {
    counts.fast += 1;
    for (const name of new Set(rootFields)) countFast(counts, name);
  }
  if (changed === undefined) return;
  const { outcome } = await pair.askPlain(changed);
  if (await compare(pair, changed, outcome)) counts.fastChanged += 1;
  count(counts, outcome);
}

function count(counts: Counts, outcome: Outcome | undefined): void {
  if (outcome?.body.includes('"errors":') === true) counts.withErrors += 1;
  if (outcome?.status !== 200) counts.refused += 1;
}

/** @returns whether the fast path handled the request */
async function compare(pair: GatewayPair, step: Step, expected: Outcome): Promise<boolean> {
  const told = await pair.askFast(step);
  const seen = [expected];
  // If one of several errors makes the whole result null, which one is reported depends on timing.
  while (!seen.some((outcome) => isDeepStrictEqual(outcome, told.outcome))) {
    const mayBeChance = expected.body.includes('"errors":') && told.outcome.body.includes('"errors":');
    if (!mayBeChance || seen.length > secondOpinions) throw new Error(describe(step, expected, told.outcome));
    seen.push((await pair.askPlain(step)).outcome);
  }
  return told.wasFast;
}

/** The request, and the differing parts of both responses. */
function describe(step: Step, expected: Outcome, actual: Outcome): string {
  const lines = (["status", "headers", "body", "upstreamCalls"] as const)
    .filter((name) => !isDeepStrictEqual(expected[name], actual[name]))
    .flatMap((name) => [
      `${name} without the fast path: ${JSON.stringify(expected[name], null, 1)}`,
      `${name} with it: ${JSON.stringify(actual[name], null, 1)}`,
    ]);
  return [`asked: ${JSON.stringify(step, null, 1)}`, ...lines].join("\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "not an Error was thrown";
}
