import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorReasonIds,
  emulatorTokens,
} from "../../../src/emulator/seed/seed.js";
import {
  CreateStatusReasonDocument,
  CreateStatusReasonsDocument,
  DeleteStatusReasonDocument,
  StatusReasonDocument,
  UpdateStatusReasonDocument,
} from "../../../src/generated/operations.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const { lunch, coffeeBreak } = emulatorReasonIds;

describe("writing status reasons", () => {
  const gateway = useTestGateway();

  const methods = () => gateway.emulator.journal.requests.map(({ method }) => method);
  const sent = (method: string) => gateway.emulator.journal.select({ method });

  describe("createStatusReason", () => {
    it("creates a reason with one POST and answers with it and the new revision", async () => {
      const input = { text: "  Standup ", enabled: false };
      const { createStatusReason } = dataOf(
        await gateway.run(CreateStatusReasonDocument, { accountId, input }),
      );
      expect(createStatusReason).toEqual({
        statusReason: {
          accountId,
          id: expect.stringMatching(/^\d+$/) as string,
          text: "Standup",
          state: "AWAY",
          enabled: false,
          deleted: false,
        },
        revision: "17891",
      });
      expect(methods()).toEqual(["POST"]);
      expect(JSON.parse(sent("POST")[0]?.body ?? "")).toEqual({
        text: "Standup",
        state: "Away",
        enabled: false,
      });
      expect(sent("POST")[0]?.headers["content-type"]).toBe("application/json");
    });

    it("is a CONFLICT that names the reason where the text is taken", async () => {
      const answer = await gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "Lunch" } });
      expect(errorOf(answer).extensions).toMatchObject({
        code: "CONFLICT",
        retryable: false,
        conflict: {
          kind: "DUPLICATE_TEXT",
          currentRevision: "17890",
          current: { accountId, id: lunch, text: "Lunch", state: "AWAY", enabled: true, deleted: false },
        },
        upstream: { service: "accountConfigReadWrite", operation: "createStatusReason", status: 409 },
      });
      expect(gateway.emulator.journal.writes).toEqual([]);
    });

    it("passes on what the upstream's own whitelist says", async () => {
      gateway.emulator.faults.add({
        match: { method: "POST" },
        status: 400,
        body: '{"message":"text is not safe"}',
      });
      const error = errorOf(
        await gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "a&b" } }),
      );
      expect(error.message).toContain("text is not safe");
      expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT", upstream: { status: 400 } });
    });

    it("is FORBIDDEN with a token that may only read", async () => {
      const options = { token: emulatorTokens.readOnly };
      const answer = await gateway.run(
        CreateStatusReasonDocument,
        { accountId, input: { text: "X" } },
        options,
      );
      expect(errorOf(answer).extensions).toMatchObject({ code: "FORBIDDEN" });
    });
  });

  describe("createStatusReasons", () => {
    it.each([1, 2, 100])("creates %d in one POST, in the order given", async (count) => {
      const items = Array.from({ length: count }, (_, index) => ({ text: `Reason ${(index * 37) % count}` }));
      const variables = { accountId: emulatorEmptyAccountId, input: { items } };
      const { createStatusReasons } = dataOf(await gateway.run(CreateStatusReasonsDocument, variables));
      expect(createStatusReasons?.statusReasons.map(({ text }) => text)).toEqual(
        items.map(({ text }) => text),
      );
      expect(createStatusReasons?.revision).toBe("1");
      expect(methods()).toEqual(["POST"]);
    });

    it("creates none where one text is taken", async () => {
      const input = { items: [{ text: "New" }, { text: "Lunch" }] };
      const error = errorOf(await gateway.run(CreateStatusReasonsDocument, { accountId, input }));
      expect(error.extensions["conflict"]).toMatchObject({ kind: "DUPLICATE_TEXT", current: { id: lunch } });
      expect(gateway.emulator.journal.writes).toEqual([]);
    });

    it.each([
      ["too few reasons", '[{"id":1,"text":"A","state":"Away","enabled":true,"deleted":false}]'],
      ["other texts", '[{"id":1,"text":"A"},{"id":2,"text":"C"}]'],
      ["one object", '{"id":1,"text":"A","state":"Away","enabled":true,"deleted":false}'],
    ])("does not guess where the answer has %s", async (_case, body) => {
      gateway.emulator.faults.add({ match: { method: "POST" }, status: 201, body });
      const input = { items: [{ text: "A" }, { text: "B" }] };
      const error = errorOf(await gateway.run(CreateStatusReasonsDocument, { accountId, input }));
      expect(error.extensions).toMatchObject({
        code: "UPSTREAM_INVALID_RESPONSE",
        upstream: { status: 201 },
      });
    });
  });

  describe("updateStatusReason", () => {
    it("reads, merges and puts the whole object back under the revision it read", async () => {
      const variables = { accountId, id: coffeeBreak, input: { text: "Tea break" } };
      const { updateStatusReason } = dataOf(await gateway.run(UpdateStatusReasonDocument, variables));
      expect(updateStatusReason).toMatchObject({
        statusReason: { id: coffeeBreak, text: "Tea break", state: "AWAY", enabled: true },
        revision: "17891",
      });
      expect(methods()).toEqual(["GET", "PUT"]);
      const [put] = sent("PUT");
      expect(put?.headers["if-match"]).toBe("17890");
      // `order` is unknown to this gateway, and would be lost if it were not sent back.
      expect(JSON.parse(put?.body ?? "")).toEqual({
        id: Number(coffeeBreak),
        text: "Tea break",
        state: "Away",
        enabled: true,
        deleted: false,
        order: 2,
      });
    });

    it("takes 304 for a success with nothing changed", async () => {
      const variables = { accountId, id: lunch, input: { enabled: true } };
      const { updateStatusReason } = dataOf(await gateway.run(UpdateStatusReasonDocument, variables));
      expect(updateStatusReason).toMatchObject({ statusReason: { text: "Lunch" }, revision: "17890" });
      expect(sent("PUT")[0]?.status).toBe(304);
      expect(gateway.emulator.journal.writes).toEqual([]);
    });

    it("keeps a state that is not known here", async () => {
      const reason = '{"id":7,"text":"Siesta","state":"Siesta","enabled":true,"deleted":false}';
      gateway.emulator.faults.add(
        { match: { method: "GET" }, times: 1, status: 200, body: reason, headers: { "ac-revision": "5" } },
        { match: { method: "PUT" }, times: 1, status: 200, body: reason, headers: { "ac-revision": "6" } },
      );
      dataOf(
        await gateway.run(UpdateStatusReasonDocument, { accountId, id: "7", input: { enabled: false } }),
      );
      expect(JSON.parse(sent("PUT")[0]?.body ?? "")).toMatchObject({ state: "Siesta", enabled: false });
    });

    it("says -1 where the upstream told no revision", async () => {
      const reason = '{"id":7,"text":"Siesta","state":"Away","enabled":true,"deleted":false}';
      gateway.emulator.faults.add({ times: 2, status: 200, body: reason });
      const answer = await gateway.run(UpdateStatusReasonDocument, {
        accountId,
        id: "7",
        input: { enabled: false },
      });
      expect(dataOf(answer).updateStatusReason?.revision).toBeNull();
      expect(sent("PUT")[0]?.headers["if-match"]).toBe("-1");
    });

    it.each([
      ["absent", "42"],
      ["deleted", emulatorReasonIds.deleted],
    ])("is NOT_FOUND where the reason is %s", async (_case, id) => {
      const answer = await gateway.run(UpdateStatusReasonDocument, { accountId, id, input: { text: "X" } });
      expect(errorOf(answer).extensions).toMatchObject({ code: "NOT_FOUND" });
      expect(sent("PUT")).toEqual([]);
    });

    it("is INVALID_RESPONSE where the upstream answers with another reason", async () => {
      const body = '{"id":8,"text":"Other","state":"Away","enabled":true,"deleted":false}';
      gateway.emulator.faults.add({ match: { method: "PUT" }, status: 200, body });
      const answer = await gateway.run(UpdateStatusReasonDocument, {
        accountId,
        id: lunch,
        input: { text: "X" },
      });
      expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
    });
  });

  describe("deleteStatusReason", () => {
    it("deletes under the revision it read, and answers with the reason as it was", async () => {
      const { deleteStatusReason } = dataOf(
        await gateway.run(DeleteStatusReasonDocument, { accountId, id: lunch }),
      );
      expect(deleteStatusReason).toMatchObject({
        statusReason: { id: lunch, text: "Lunch", deleted: true },
        revision: "17891",
      });
      expect(methods()).toEqual(["GET", "DELETE"]);
      expect(sent("DELETE")[0]?.headers["if-match"]).toBe("17890");
      const after = await gateway.run(StatusReasonDocument, { accountId, id: lunch });
      expect(dataOf(after).statusReason).toBeNull();
    });

    it.each([200, 204, 304])("takes %d without a body for a success", async (status) => {
      gateway.emulator.faults.add({
        match: { method: "DELETE" },
        status,
        headers: { "ac-revision": "17999" },
      });
      const { deleteStatusReason } = dataOf(
        await gateway.run(DeleteStatusReasonDocument, { accountId, id: lunch }),
      );
      expect(deleteStatusReason).toMatchObject({ statusReason: { deleted: true }, revision: "17999" });
    });

    it("does not take a page of HTML for a success", async () => {
      gateway.emulator.faults.add({ match: { method: "DELETE" }, status: 200, body: "<html>Sign in</html>" });
      const answer = await gateway.run(DeleteStatusReasonDocument, { accountId, id: lunch });
      expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
    });

    it("is NOT_FOUND where there is none", async () => {
      const answer = await gateway.run(DeleteStatusReasonDocument, { accountId, id: "42" });
      expect(errorOf(answer).extensions).toMatchObject({ code: "NOT_FOUND" });
    });
  });

  it("shows what the other writes of an operation did where one fails, and runs those after it", async () => {
    const mutation = `mutation ($a: ID!) {
      __typename
      one: createStatusReason(accountId: $a, input: { text: "One" }) { revision }
      taken: createStatusReason(accountId: $a, input: { text: "Lunch" }) { statusReason { id } }
      absent: updateStatusReason(accountId: $a, id: "42", input: { text: "Two" }) { revision }
      three: deleteStatusReason(accountId: $a, id: "${coffeeBreak}") { statusReason { deleted } revision }
    }`;
    const { data, errors } = await gateway.query(mutation, { a: accountId });
    expect(data).toEqual({
      __typename: "Mutation",
      one: { revision: "17891" },
      taken: null,
      absent: null,
      three: { statusReason: { deleted: true }, revision: "17892" },
    });
    expect(errors.map(({ path, extensions: { code } }) => [path, code])).toEqual([
      [["taken"], "CONFLICT"],
      [["absent"], "NOT_FOUND"],
    ]);
  });

  it("shows the other writes where a read after one of them fails", async () => {
    gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
    const mutation = `mutation ($a: ID!) {
      one: createStatusReason(accountId: $a, input: { text: "One" }) { statusReason { agents { totalCount } } }
      two: createStatusReason(accountId: $a, input: { text: "Two" }) { revision }
    }`;
    const { data, errors } = await gateway.query(mutation, { a: accountId });
    expect(data).toEqual({ one: null, two: { revision: "17892" } });
    expect(errors.map(({ path }) => path)).toEqual([["one", "statusReason", "agents"]]);
  });

  it("runs the mutations of one operation one after another, each seeing what the one before did", async () => {
    const answer = await gateway.query(
      `mutation ($a: ID!) {
        one: createStatusReason(accountId: $a, input: { text: "One" }) { revision }
        two: updateStatusReason(accountId: $a, id: "${lunch}", input: { text: "Two" }) { revision }
        three: deleteStatusReason(accountId: $a, id: "${lunch}") { statusReason { text } revision }
      }`,
      { a: accountId },
    );
    expect(dataOf(answer)).toEqual({
      one: { revision: "17891" },
      two: { revision: "17892" },
      three: { statusReason: { text: "Two" }, revision: "17893" },
    });
    expect(methods()).toEqual(["POST", "GET", "PUT", "GET", "DELETE"]);
  });
});
