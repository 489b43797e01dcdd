/**
 * The long form of the differential test: `npm run tool -- differential --seed 42 --count 50000`. Exits with 1 where
 * the fast path answered other than without it; the seed that is printed replays the operations.
 */
import { parseArgs } from "node:util";

import { buildSchema } from "../../src/graphql/schema.js";
import { caseOf } from "./generator/request.js";
import { runDifferential } from "./run-differential.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    count: { type: "string", default: "20000" },
  },
});

const seed = Number(values.seed);
const count = Number(values.count);
process.stdout.write(`seed ${seed}\n`);
const startMs = performance.now();
const { difference, fastByField, ...figures } = await runDifferential({
  seed,
  count,
  cases: caseOf(buildSchema()),
});
const lines = [
  `${Math.round((performance.now() - startMs) / 1000)} s`,
  ...Object.entries(figures).map(([figure, value]) => `${figure}: ${value}`),
  ...[...fastByField].map(([field, value]) => `fast with ${field}: ${value}`),
  difference ?? "no difference",
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = difference === undefined ? 0 : 1;
