import type { Fault } from "../../src/emulator/faults/faults.js";
import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorReasonIds,
} from "../../src/emulator/seed/seed.js";
import { useGateways } from "./gateways.js";

const account = `accountId: "${emulatorAccountId}"`;
const slowAccount = `accountId: "${emulatorEmptyAccountId}"`;

/** Calls for the one account never end. */
const hang: Fault = { match: { path: `/${emulatorEmptyAccountId}/` }, hang: true };
const view = { path: `${emulatorAccountId}/agent_view` };
const configuration = { path: `${emulatorAccountId}/configuration` };

/** Fields that may not be null, by what makes them fail. */
const failing: readonly (readonly [string, Fault])[] = [
  [`liveAgents(${account}) { totalCount }`, { match: view, status: 404 }],
  [`statusReasons(${account}) { totalCount }`, { match: configuration, status: 404 }],
];

const hanging = [
  `statusReasons(${slowAccount}) { totalCount }`,
  `statusReason(${slowAccount}, id: "5") { text }`,
  `liveAgents(${slowAccount}) { totalCount }`,
];

const pairs = failing.flatMap(([fails, fault]) =>
  hanging.flatMap((hangs) => [
    [`{ fails: ${fails} hangs: ${hangs} }`, fault] as const,
    [`{ hangs: ${hangs} fails: ${fails} }`, fault] as const,
  ]),
);

describe("an error beside a call that hangs", () => {
  // An answer that waited for what hangs would come after the test is given up.
  const gateways = useGateways({ UPSTREAM_TIMEOUT_MS: "120000" });

  it.each(pairs)("that takes all data away is told at once: %s", async (query, fault) => {
    const { errors, text } = await gateways.compare({ query }, [hang, fault]);
    expect(errors.map(({ path }) => path)).toEqual([["fails"]]);
    expect(text).toContain('"data":null');
  });
});

describe("an error beside a call that hangs until the deadline", () => {
  const gateways = useGateways({ UPSTREAM_TIMEOUT_MS: "500" });

  it("that leaves a null is told when all is settled", async () => {
    const fails = `fails: statusReason(${account}, id: "${emulatorReasonIds.lunch}") { text }`;
    const hangs = `hangs: statusReason(${slowAccount}, id: "5") { text }`;
    const faults = [hang, { match: configuration, status: 500 }];
    for (const query of [`{ ${fails} ${hangs} }`, `{ ${hangs} ${fails} }`]) {
      const { errors, text } = await gateways.compare({ query }, faults);
      const codes = errors.map(({ path, extensions }) => [path?.[0], extensions["code"]]);
      expect(codes.sort()).toEqual([
        ["fails", "UPSTREAM_ERROR"],
        ["hangs", "UPSTREAM_TIMEOUT"],
      ]);
      expect(text).toContain('"fails":null');
    }
  });
});
