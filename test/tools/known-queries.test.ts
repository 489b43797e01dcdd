import { buildSchema } from "../../src/graphql/schema.js";
import { caseOf } from "../../tools/differential/generator/request.js";
import { runDifferential } from "../../tools/differential/run-differential.js";

const schema = buildSchema();

/** The short form; `npm run tool -- differential` is the long one, with the seed of your choice. */
describe("known queries", () => {
  it("are answered as Apollo answers them", async () => {
    const count = 150;
    const { difference, ...report } = await runDifferential({ seed: 1, count, cases: caseOf(schema) });
    expect(difference).toBeUndefined();
    expect(report.operations).toBe(count);
    // The run is no run unless the fast path answers many, and much fails all the same.
    expect(report.fast).toBeGreaterThan(count / 4);
    expect(report.fastChanged).toBeGreaterThan(count / 50);
    expect(report.withErrors).toBeGreaterThan(count / 5);
    for (const field of Object.keys(schema.getQueryType()?.getFields() ?? {})) {
      expect(report.fastByField.get(field)).toBeGreaterThan(count / 100);
    }
  }, 900_000);
});
