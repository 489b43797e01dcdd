import { Registry } from "prom-client";

import {
  batchedCounter,
  batchedGauge,
  batchedHistogram,
} from "../../src/observability/metrics/batched-metrics.js";

describe("batched metrics", () => {
  it("equal those of prom-client, however many values there are and however often they are read", async () => {
    const registers = [new Registry()];
    const config = { help: "Help.", labelNames: ["who"], registers };
    const countOf = batchedCounter({ ...config, name: "calls_total" });
    const durations = batchedHistogram({ ...config, name: "duration_seconds", buckets: [1, 2] });
    const inFlightOf = batchedGauge({ ...config, name: "in_flight" });
    for (let index = 0; index < 600; index += 1) {
      countOf("a")();
      durations.observerOf("a")(index % 3);
      inFlightOf("a")(index % 2 === 0 ? 1 : -1);
      if (index % 200 === 0) await registers[0]?.metrics();
    }
    inFlightOf("a")(7);
    countOf("b");
    const lines = (await registers[0]?.metrics())?.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'calls_total{who="a"} 600',
        'calls_total{who="b"} 0',
        'in_flight{who="a"} 7',
        'duration_seconds_bucket{le="1",who="a"} 400',
        'duration_seconds_bucket{le="2",who="a"} 600',
        'duration_seconds_sum{who="a"} 600',
        'duration_seconds_count{who="a"} 600',
      ]),
    );
  });

  it("are shown without a series that was removed, and with one of the same labels from 0 on", async () => {
    const registry = new Registry();
    const config = { help: "Help.", labelNames: ["who", "what"], registers: [registry] };
    const durations = batchedHistogram({ ...config, name: "duration_seconds", buckets: [1] });
    for (const who of ["a", "b"]) durations.observerOf(who, "x")(1);
    durations.remove("a", "x");
    durations.remove("a", "x");
    const text = await registry.metrics();
    expect(text).not.toContain('who="a"');
    expect(text).toContain('duration_seconds_count{who="b",what="x"} 1');
    for (const who of ["a", "b"]) durations.observerOf(who, "x")(1);
    const again = await registry.metrics();
    expect(again).toContain('duration_seconds_count{who="a",what="x"} 1');
    expect(again).toContain('duration_seconds_count{who="b",what="x"} 2');
  });
});
