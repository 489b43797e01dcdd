import { emulatorAccountId, emulatorReasonIds } from "../../../../src/emulator/seed/seed.js";
import {
  CreateStatusReasonDocument,
  CreateStatusReasonsDocument,
  DeleteStatusReasonDocument,
  UpdateStatusReasonDocument,
} from "../../../../src/generated/operations.js";
import type { GraphqlResponse, TestGateway } from "../../../../test/support/gateway.js";
import type { BatchingCase } from "./batching-case.js";

const accountId = emulatorAccountId;
const id = emulatorReasonIds.lunch;
const text = "Brunch";

/** Status reasons, written. */
export const writeCases: readonly BatchingCase[] = [
  {
    title: "a reason created",
    upstreamCalls: 1,
    ask: async (gateway) => {
      const answer = await gateway.run(CreateStatusReasonDocument, { accountId, input: { text } });
      return isDone(gateway, answer, [`create ${text}`]);
    },
  },
  {
    title: "100 reasons created in one go",
    upstreamCalls: 1,
    ask: async (gateway) => {
      const items = Array.from({ length: 100 }, (_, index) => ({ text: `Reason ${index}` }));
      const answer = await gateway.run(CreateStatusReasonsDocument, { accountId, input: { items } });
      const texts = items.map((item) => `create ${item.text}`);
      return isDone(gateway, answer, texts);
    },
  },
  {
    title: "a reason updated",
    upstreamCalls: 2,
    ask: async (gateway) => {
      const answer = await gateway.run(UpdateStatusReasonDocument, { accountId, id, input: { text } });
      return isDone(gateway, answer, [`update ${text}`]);
    },
  },
  {
    title: "a reason deleted",
    upstreamCalls: 2,
    ask: async (gateway) => {
      const answer = await gateway.run(DeleteStatusReasonDocument, { accountId, id });
      return isDone(gateway, answer, ["delete Lunch"]);
    },
  },
];

/** Whether the response has no errors and the emulator received the expected write. */
function isDone(
  { emulator }: TestGateway,
  { data, errors }: GraphqlResponse<unknown>,
  expected: readonly string[],
): boolean {
  const writes = emulator.journal.writes.map(({ kind, reason }) => `${kind} ${reason.text}`);
  return data != null && errors.length === 0 && writes.join() === expected.join();
}
