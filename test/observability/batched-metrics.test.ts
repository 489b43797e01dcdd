import { Registry } from "prom-client";

import { batchedCounter, batchedHistogram } from "../../src/observability/metrics/batched-metrics.js";

describe("batched metrics", () => {
  it("equal those of prom-client, however many values there are and however often they are read", async () => {
    const registers = [new Registry()];
    const config = { help: "Help.", labelNames: ["who"], registers };
    const countOf = batchedCounter({ ...config, name: "calls_total" });
    const durationOf = batchedHistogram({ ...config, name: "duration_seconds", buckets: [1, 2] });
    for (let index = 0; index < 600; index += 1) {
      countOf("a")();
      durationOf("a")(index % 3);
      if (index % 200 === 0) await registers[0]?.metrics();
    }
    countOf("b");
    const lines = (await registers[0]?.metrics())?.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'calls_total{who="a"} 600',
        'duration_seconds_bucket{le="1",who="a"} 400',
        'duration_seconds_bucket{le="2",who="a"} 600',
        'duration_seconds_sum{who="a"} 600',
        'duration_seconds_count{who="a"} 600',
      ]),
    );
    expect(lines?.join("\n")).not.toContain('who="b"');
  });
});
