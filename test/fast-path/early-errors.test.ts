import type { Fault } from "../../src/emulator/faults/faults.js";
import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorReasonIds,
} from "../../src/emulator/seed/seed.js";
import { holdDeadlines } from "../support/deadlines.js";
import { UpstreamLog } from "../support/upstream-log.js";
import { useGateways } from "./gateways.js";
import type { Told } from "./gateways.js";

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
  const log = new UpstreamLog();
  const gateways = useGateways({}, { observer: log });
  const failures = () => log.outcomes.filter((outcome) => outcome === 500).length;
  const fails = `fails: statusReason(${account}, id: "${emulatorReasonIds.lunch}") { text }`;
  const hangs = `hangs: statusReason(${slowAccount}, id: "5") { text }`;

  it.each([`{ ${fails} ${hangs} }`, `{ ${hangs} ${fails} }`])(
    "that leaves a null is told when all is settled: %s",
    async (query) => {
      const passDeadlines = holdDeadlines();
      await gateways.teach({ query });
      const { compiling, plain } = gateways;
      const { emulator } = compiling;
      const told: Told[] = [];
      for (const gateway of [plain, compiling]) {
        emulator.reset();
        emulator.faults.add(hang, { match: configuration, status: 500 });
        const before = failures();
        const asked = gateways.ask(gateway, { query });
        await log.until(() => failures() > before);
        await emulator.journal.whenReceived(hang.match);
        // What the failure leads to in the gateway has happened by then.
        await new Promise(setImmediate);
        passDeadlines();
        told.push(await asked);
      }
      const [expected, compiled] = told;
      expect(compiled).toEqual(expected);
      const codes = expected?.errors.map(({ path, extensions }) => [path?.[0], extensions["code"]]);
      expect(codes?.sort()).toEqual([
        ["fails", "UPSTREAM_ERROR"],
        ["hangs", "UPSTREAM_TIMEOUT"],
      ]);
      expect(expected?.text).toContain('"fails":null');
    },
  );
});
