import { Registry } from "prom-client";

import { countTogether, observeTogether } from "../../src/observability/metrics/noted-together.js";

describe("figures that are told together", () => {
  it("are what they would be if each were told at once, however many there are and however often one looks", async () => {
    const registers = [new Registry()];
    const config = { help: "Help.", labelNames: ["who"], registers };
    const countOf = countTogether({ ...config, name: "calls_total" });
    const durationOf = observeTogether({ ...config, name: "duration_seconds", buckets: [1, 2] });
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
