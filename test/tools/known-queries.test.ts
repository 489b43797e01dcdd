import { buildSchema } from "../../src/graphql/schema.js";
import { runInProcesses } from "../../tools/differential/processes.js";
import { inputsOf } from "../support/run-length.js";

const seed = 1;
const count = inputsOf(3_000);

/** The short form; `npm run tool -- differential` is the long one, with the seed of your choice. */
describe("known queries", () => {
  it(`are answered as Apollo answers them: ${count} of seed ${seed}`, async () => {
    const { difference, ...report } = await runInProcesses({ seed, count, processes: 2 });
    expect(difference).toBeUndefined();
    expect(report.operations).toBe(count);
    // The run is no run unless the fast path answers many, and much fails all the same.
    expect(report.fast).toBeGreaterThan(count * 0.3);
    expect(report.fastChanged).toBeGreaterThan(count * 0.02);
    expect(report.withErrors).toBeGreaterThan(count * 0.4);
    const fields = Object.keys(buildSchema().getQueryType()?.getFields() ?? {});
    for (const field of fields) {
      expect(report.fastByField[field]).toBeGreaterThan((count * 0.3) / fields.length);
    }
  }, 900_000);
});
