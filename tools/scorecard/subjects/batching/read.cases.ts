import { isDeepStrictEqual } from "node:util";

import { emulatorAccountId, emulatorReasonIds } from "../../../../src/emulator/seed/seed.js";
import { StatusReasonDocument, StatusReasonsDocument } from "../../../../src/generated/operations.js";
import type { TestGateway } from "../../../../test/support/gateway.js";
import type { UpstreamLog } from "../../../../test/support/upstream-log.js";
import type { BatchingCase } from "./batching-case.js";

const accountId = emulatorAccountId;
const callersAtOnce = 200;

/** Status reasons, read. */
export const readCases: readonly BatchingCase[] = [
  { title: "one reason by id", upstreamCalls: 1, ask: askOne },
  { title: "50 reasons of an account by id", upstreamCalls: 1, ask: askFifty },
  { title: "1,000 aliases of one reason", upstreamCalls: 1, ask: askAliases },
  { title: "the list of an account", upstreamCalls: 1, ask: askList },
  { title: `${callersAtOnce} identical lists at the same moment`, upstreamCalls: 1, ask: askListAtOnce },
];

async function askOne(gateway: TestGateway): Promise<boolean> {
  const id = emulatorReasonIds.lunch;
  const { data } = await gateway.run(StatusReasonDocument, { accountId, id });
  return data?.statusReason?.text === "Lunch";
}

async function askFifty(gateway: TestGateway): Promise<boolean> {
  const drafts = Array.from({ length: 50 }, (_, index) => ({
    text: `Reason ${index}`,
    state: "Away",
    enabled: true,
  }));
  const created = gateway.emulator.state.account(accountId).reasons.create(drafts);
  const fields = created.map(
    ({ id }, index) => `r${index}:statusReason(accountId:"${accountId}",id:"${id}"){text}`,
  );
  const { data } = await gateway.query(`{ ${fields.join(" ")} }`);
  const expected = created.map(({ text }, index) => [`r${index}`, { text }]);
  return isDeepStrictEqual(data, Object.fromEntries(expected));
}

async function askAliases(gateway: TestGateway): Promise<boolean> {
  const field = `statusReason(accountId:"${accountId}",id:"${emulatorReasonIds.lunch}"){text}`;
  const aliases = Array.from({ length: 1000 }, (_, index) => `r${index}`);
  const { data } = await gateway.query(`{ ${aliases.map((alias) => `${alias}:${field}`).join(" ")} }`);
  const expected = aliases.map((alias) => [alias, { text: "Lunch" }]);
  return isDeepStrictEqual(data, Object.fromEntries(expected));
}

async function askList(gateway: TestGateway): Promise<boolean> {
  const { data } = await gateway.run(StatusReasonsDocument, { accountId });
  const expected = gateway.emulator.state.account(accountId).reasons.list();
  return isDeepStrictEqual(
    data?.statusReasons.nodes.map(({ id }) => id),
    expected.map(({ id }) => String(id)),
  );
}

/** Delays the upstream's response until all requests share it. */
async function askListAtOnce(gateway: TestGateway, observer: UpstreamLog): Promise<boolean> {
  const { faults } = gateway.emulator;
  faults.add({ latencyMs: 5000 });
  const answers = Promise.all(Array.from({ length: callersAtOnce }, () => askList(gateway)));
  await Promise.race([answers, observer.until(({ shared }) => shared === callersAtOnce - 1)]);
  faults.clear();
  return (await answers).every(Boolean);
}
