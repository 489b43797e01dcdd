import type { TestGateway } from "../../../../test/support/gateway.js";
import type { UpstreamLog } from "../../../../test/support/upstream-log.js";

/** Something asked of the gateway, and how many upstream calls that is to cost. */
export interface BatchingCase {
  readonly title: string;
  readonly upstreamCalls: number;
  /** @returns whether the answer is right, by what the emulator holds */
  readonly ask: (gateway: TestGateway, observer: UpstreamLog) => Promise<boolean>;
}
