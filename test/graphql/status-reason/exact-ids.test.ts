import fc from "fast-check";

import { emulatorAccountId } from "../../../src/emulator/seed/seed.js";
import {
  CreateStatusReasonDocument,
  DeleteStatusReasonDocument,
  StatusReasonDocument,
  StatusReasonsDocument,
  UpdateStatusReasonDocument,
} from "../../../src/generated/operations.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const longs = fc.oneof(
  fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 4n }),
  fc.constantFrom(9007199254740993n, 9223372036854775807n),
);

describe("64-bit ids", () => {
  const gateway = useTestGateway();

  /** Lets the upstream answer every request with the reason of this id, as number or string. */
  function answerWith(id: bigint, asString: boolean): void {
    const wireId = asString ? `"${id}"` : String(id);
    const reason = `{"id":${wireId},"text":"Lunch","state":"Away","enabled":true,"deleted":false}`;
    const { emulator } = gateway;
    emulator.reset();
    emulator.faults.add(
      { match: { method: "GET", path: "/status-reasons/" }, status: 200, body: reason },
      { match: { method: "GET" }, status: 200, body: `[${reason}]` },
      { match: { method: "POST" }, status: 201, body: reason },
      { match: { method: "PUT" }, status: 200, body: reason },
      { match: { method: "DELETE" }, status: 204 },
    );
  }

  it("survive in every direction", async () => {
    await fc.assert(
      fc.asyncProperty(longs, fc.boolean(), async (long, asString) => {
        const id = String(long);
        answerWith(long, asString);
        const list = dataOf(await gateway.run(StatusReasonsDocument, { accountId }));
        const one = dataOf(await gateway.run(StatusReasonDocument, { accountId, id }));
        const created = dataOf(
          await gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "Lunch" } }),
        );
        const updated = dataOf(
          await gateway.run(UpdateStatusReasonDocument, { accountId, id, input: { enabled: false } }),
        );
        const deleted = dataOf(await gateway.run(DeleteStatusReasonDocument, { accountId, id }));
        expect([
          list.statusReasons.nodes[0]?.id,
          one.statusReason?.id,
          created.createStatusReason?.statusReason.id,
          updated.updateStatusReason?.statusReason.id,
          deleted.deleteStatusReason?.statusReason.id,
        ]).toEqual([id, id, id, id, id]);
        const { journal } = gateway.emulator;
        expect(journal.select({ method: "PUT" })[0]?.body).toContain(`"id":${id},`);
        const paths = journal.requests.map(({ path }) => path.split("/status-reasons")[1]);
        expect(paths.filter(Boolean)).toEqual([`/${id}`, `/${id}`, `/${id}`, `/${id}`, `/${id}`]);
      }),
      { numRuns: 40 },
    );
  });

  it("survive in errors", async () => {
    for (const id of ["9007199254740993", "9223372036854775807"]) {
      answerWith(BigInt(id), false);
      gateway.emulator.faults.clear();
      const answer = await gateway.run(UpdateStatusReasonDocument, {
        accountId,
        id,
        input: { enabled: false },
        ifRevision: "1",
      });
      expect(errorOf(answer).extensions["conflict"]).toMatchObject({ current: { id } });
    }
  });
});
