import { createMetrics } from "../../src/observability/metrics/metrics.js";
import { tableRowsOf } from "./markdown.js";

it("docs/operating.md names the metrics that there are", async () => {
  const text = await createMetrics().text();
  const there = [...text.matchAll(/^# TYPE (gateway_\w+) /gm)].map(([, name]) => name);
  const named = tableRowsOf("docs/operating.md").flatMap(
    ({ cells: { metric = "" } }) => metric.match(/gateway_\w+/g) ?? [],
  );
  expect(named.sort()).toEqual(there.sort());
});
