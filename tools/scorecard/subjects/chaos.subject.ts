import type { ChaosReport } from "../../chaos/run-chaos.js";
import type { Finding, Subject } from "../card.js";
import { runForResults } from "../command.js";

const command = ["run", "tool", "--", "chaos", "--seed", "42"];

/** A long mixed load on a failing upstream, in its own process, since the heap is measured. */
export const chaos: Subject = {
  name: "chaos",
  measurements: [
    { title: "Chaos invariants, seed 42", how: `\`npm ${command.join(" ")}\``, measure: measureChaos },
  ],
};

async function measureChaos(): Promise<Finding> {
  const { exitCode, results } = await runForResults("npm", (file) => [...command, "--json", file]);
  const { durationsMs, upstreamCalls, violations, sockets, heap } = results as ChaosReport;
  return {
    passed: exitCode === 0 && durationsMs.length > 0,
    result: [
      `${durationsMs.length} requests, ${upstreamCalls} upstream calls, ${violations.length} violations`,
      `sockets ${sockets.join(" to ")}`,
      `heap ${heap.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(" to ")} MiB`,
    ].join("; "),
  };
}
