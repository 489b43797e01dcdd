import type { TestGateway } from "../../../../test/support/gateway.js";
import type { UpstreamLog } from "../../../../test/support/upstream-log.js";

/** A request to the gateway, and the number of upstream calls that it may cause. */
export interface BatchingCase {
  readonly title: string;
  readonly upstreamCalls: number;
  /** @returns whether the response is correct, by the emulator's data */
  readonly ask: (gateway: TestGateway, observer: UpstreamLog) => Promise<boolean>;
}
