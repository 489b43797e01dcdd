import { createMetrics } from "../../src/observability/metrics/metrics.js";
import { tableRowsOf } from "./markdown.js";

it("docs/operating.md names the metrics that there are", async () => {
  const text = await createMetrics().text();
  const there = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = ""]) => name);
  expect(there.filter((name) => !name.startsWith("status_reason_gateway_"))).toEqual([]);
  const own = there.filter((name) => !/^status_reason_gateway_(?:process|nodejs)_/.test(name));
  const named = tableRowsOf("docs/operating.md").flatMap(
    ({ cells: { metric = "" } }) => metric.match(/status_reason_gateway_\w+/g) ?? [],
  );
  const ofProcess = ["status_reason_gateway_nodejs_", "status_reason_gateway_process_"];
  expect(named.sort()).toEqual([...own, ...ofProcess].sort());
});
