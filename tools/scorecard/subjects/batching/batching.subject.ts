import { startTestGateway } from "../../../../test/support/gateway.js";
import { UpstreamLog } from "../../../../test/support/upstream-log.js";
import type { Finding, Measurement, Subject } from "../../card.js";
import { describeCalls } from "../upstream-calls.js";
import { agentCases } from "./agent.cases.js";
import type { BatchingCase } from "./batching-case.js";
import { readCases } from "./read.cases.js";
import { writeCases } from "./write.cases.js";

/** How many upstream calls a request makes, counted at the emulator. */
export const batching: Subject = {
  name: "batching",
  measurements: [...readCases, ...agentCases, ...writeCases].map(measurement),
};

function measurement(batchingCase: BatchingCase): Measurement {
  const { title, upstreamCalls } = batchingCase;
  return {
    title: `Batching: ${title}`,
    how: `calls counted at the emulator; to be ${upstreamCalls}`,
    measure: () => measureCase(batchingCase),
  };
}

async function measureCase({ ask, upstreamCalls }: BatchingCase): Promise<Finding> {
  const observer = new UpstreamLog();
  const gateway = await startTestGateway({}, { observer });
  try {
    const isRight = await ask(gateway, observer);
    const { requests } = gateway.emulator.journal;
    return {
      passed: isRight && requests.length === upstreamCalls,
      result: `${describeCalls(requests)}, answer ${isRight ? "right" : "wrong"}`,
    };
  } finally {
    await gateway.stop();
  }
}
