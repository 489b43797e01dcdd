import {
  emulatorAccountId,
  emulatorReasonIds,
  emulatorSecondAccountId,
  emulatorTokens,
} from "../../../src/emulator/seed/seed.js";
import { StatusReasonDocument, StatusReasonsDocument } from "../../../src/generated/operations.js";
import { dataOf, startTestGateway, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const collectionPath = `/api/account/${accountId}/configuration/le-agents/status-reasons`;

describe("reading status reasons", () => {
  const gateway = useTestGateway();

  const requests = () =>
    gateway.emulator.journal.requests.map(({ method, path, query }) => ({ method, path, query }));
  const byId = (id: string) => ({
    method: "GET",
    path: `${collectionPath}/${id}`,
    query: { v: "1.0", include_deleted: "true" },
  });

  describe("statusReasons", () => {
    it("lists an account with one GET", async () => {
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, { accountId }));
      expect(requests()).toEqual([{ method: "GET", path: collectionPath, query: { v: "1.0" } }]);
      expect(statusReasons.revision).toBe("17890");
      expect(statusReasons.totalCount).toBe(statusReasons.nodes.length);
      expect(statusReasons.nodes).toContainEqual({
        accountId,
        id: "725987312",
        text: "Lunch",
        state: "AWAY",
        enabled: true,
        deleted: false,
      });
      expect(statusReasons.nodes.some((node) => node.deleted)).toBe(false);
    });

    it("passes includeDeleted on", async () => {
      const variables = { accountId, includeDeleted: true };
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, variables));
      expect(requests()).toEqual([
        { method: "GET", path: collectionPath, query: { v: "1.0", include_deleted: "true" } },
      ]);
      expect(statusReasons.nodes.map(({ id }) => id)).toContain(emulatorReasonIds.deleted);
    });

    it.each([
      [{ state: "ONLINE" }, [emulatorReasonIds.online]],
      [{ enabled: false }, [emulatorReasonIds.disabled]],
      [{ text: "LUNCH" }, [emulatorReasonIds.lunch]],
      [{ text: "LUNCH", enabled: false }, []],
      [{ state: "OFFLINE" }, []],
    ] as const)("applies the filter %j here", async (filter, ids) => {
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, { accountId, filter }));
      expect(statusReasons.nodes.map(({ id }) => id)).toEqual(ids);
      expect(statusReasons.totalCount).toBe(ids.length);
      expect(requests()).toHaveLength(1);
    });

    it("does not filter by what is left out or null", async () => {
      const all = dataOf(await gateway.run(StatusReasonsDocument, { accountId }));
      const filter = { state: null, enabled: null, text: null };
      const filtered = dataOf(await gateway.run(StatusReasonsDocument, { accountId, filter }));
      expect(filtered).toEqual(all);
    });

    it("lists an account without reasons as empty", async () => {
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, { accountId: "10000001" }));
      expect(statusReasons).toEqual({ nodes: [], revision: "0", totalCount: 0 });
    });

    it("takes the revision from a quoted ETag of the older edition", async () => {
      const headers = { etag: '"17891"', "content-type": "application/json" };
      gateway.emulator.faults.add({ status: 200, body: "[]", headers });
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, { accountId }));
      expect(statusReasons.revision).toBe("17891");
    });

    it("shows a state that is not known here as UNKNOWN", async () => {
      const body = '[{"id":"1","text":"Siesta","state":"Siesta","enabled":true,"deleted":false}]';
      gateway.emulator.faults.add({ status: 200, body });
      const { statusReasons } = dataOf(await gateway.run(StatusReasonsDocument, { accountId }));
      expect(statusReasons).toMatchObject({ nodes: [{ id: "1", state: "UNKNOWN" }], revision: null });
    });

    it("asks once for a list that is asked for twice, with and without deleted reasons", async () => {
      const answer = await gateway.query(
        `query ($a: ID!) {
          live: statusReasons(accountId: $a) { nodes { deleted } }
          all: statusReasons(accountId: $a, includeDeleted: true) { nodes { deleted } }
          again: statusReasons(accountId: $a, filter: { enabled: true }) { totalCount }
        }`,
        { a: accountId },
      );
      const { live, all } = dataOf(answer) as Record<"live" | "all", { nodes: { deleted: boolean }[] }>;
      expect(requests()).toHaveLength(1);
      expect(live.nodes.some(({ deleted }) => deleted)).toBe(false);
      expect(all.nodes.some(({ deleted }) => deleted)).toBe(true);
    });
  });

  describe("statusReason", () => {
    it("finds one reason with one by-id GET", async () => {
      const variables = { accountId, id: emulatorReasonIds.lunch };
      const { statusReason } = dataOf(await gateway.run(StatusReasonDocument, variables));
      expect(statusReason?.text).toBe("Lunch");
      expect(requests()).toEqual([byId(emulatorReasonIds.lunch)]);
    });

    it("takes a literal id, and a JSON number past 2^53, for the digits they are", async () => {
      const literal = `{ statusReason(accountId: "${accountId}", id: 9007199254740993) { id } }`;
      expect(dataOf(await gateway.query(literal))).toEqual({ statusReason: { id: "9007199254740993" } });
      const query = "query($a: ID!, $id: ID!) { statusReason(accountId: $a, id: $id) { id } }";
      const response = await fetch(gateway.url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` },
        body: `{"query":${JSON.stringify(query)},"variables":{"a":"${accountId}","id":9223372036854775807}}`,
      });
      expect(await response.json()).toEqual({ data: { statusReason: { id: "9223372036854775807" } } });
    });

    it.each([
      ["absent", "42", false, null],
      ["deleted", emulatorReasonIds.deleted, false, null],
      [
        "deleted, but asked for",
        emulatorReasonIds.deleted,
        true,
        { id: emulatorReasonIds.deleted, deleted: true },
      ],
    ])("is right where the reason is %s", async (_case, id, includeDeleted, expected) => {
      const answer = await gateway.run(StatusReasonDocument, { accountId, id, includeDeleted });
      const { statusReason } = dataOf(answer);
      if (expected === null) expect(statusReason).toBeNull();
      else expect(statusReason).toMatchObject(expected);
      expect(requests()).toEqual([byId(id)]);
    });

    it("finds several of one account with one list, aligned by id", async () => {
      const ids = [
        emulatorReasonIds.training,
        "42",
        emulatorReasonIds.lunch,
        emulatorReasonIds.largest,
        emulatorReasonIds.lunch,
      ];
      const fields = ids.map((id, i) => `r${i}: statusReason(accountId: "${accountId}", id: "${id}") { id }`);
      const data = dataOf(await gateway.query(`{ ${fields.join(" ")} }`));
      expect(Object.values(data)).toEqual([
        { id: ids[0] },
        null,
        { id: ids[2] },
        { id: ids[3] },
        { id: ids[4] },
      ]);
      expect(requests()).toEqual([
        { method: "GET", path: collectionPath, query: { v: "1.0", include_deleted: "true" } },
      ]);
    });

    it("asks once for one id under several aliases", async () => {
      const field = `statusReason(accountId: "${accountId}", id: "${emulatorReasonIds.lunch}") { text }`;
      dataOf(await gateway.query(`{ a: ${field} b: ${field} c: ${field} }`));
      expect(requests()).toEqual([byId(emulatorReasonIds.lunch)]);
    });

    it("uses a list that the same operation asks for, whichever comes first", async () => {
      const list = `statusReasons(accountId: "${accountId}") { totalCount }`;
      const one = `statusReason(accountId: "${accountId}", id: "${emulatorReasonIds.lunch}") { text }`;
      for (const query of [`{ ${list} ${one} }`, `{ ${one} ${list} }`]) {
        gateway.emulator.journal.clear();
        expect(dataOf(await gateway.query(query))["statusReason"]).toEqual({ text: "Lunch" });
        expect(requests()).toEqual([{ method: "GET", path: collectionPath, query: { v: "1.0" } }]);
      }
    });

    it("looks a deleted reason up by id where the list asked for has no deleted ones", async () => {
      const id = emulatorReasonIds.deleted;
      const query = `{ statusReasons(accountId: "${accountId}") { totalCount }
        statusReason(accountId: "${accountId}", id: "${id}", includeDeleted: true) { id } }`;
      expect(dataOf(await gateway.query(query))["statusReason"]).toEqual({ id });
      expect(requests()).toEqual([{ method: "GET", path: collectionPath, query: { v: "1.0" } }, byId(id)]);
    });

    it("keeps accounts apart: a refusal for one is no error for the other", async () => {
      const reason = (alias: string, account: string) =>
        `${alias}: statusReason(accountId: "${account}", id: "${emulatorReasonIds.lunch}") { accountId }`;
      const { data, errors } = await gateway.query(
        `{ ${reason("mine", accountId)} ${reason("theirs", emulatorSecondAccountId)} }`,
      );
      expect(data).toEqual({ mine: { accountId }, theirs: null });
      expect(errors).toMatchObject([{ path: ["theirs"], extensions: { code: "FORBIDDEN" } }]);
    });
  });

  it("sends the configured API version, JSON headers and the request id", async () => {
    const other = await startTestGateway({ UPSTREAM_API_VERSION: "4.0" });
    const headers = { "x-request-id": "req-42" };
    const answer = await other.run(StatusReasonsDocument, { accountId }, { headers });
    const [request] = other.emulator.journal.requests;
    await other.stop();
    expect(answer.headers.get("x-request-id")).toBe("req-42");
    expect(request).toMatchObject({
      query: { v: "4.0" },
      headers: {
        accept: "application/json",
        authorization: `Bearer ${emulatorTokens.admin}`,
        "x-request-id": "req-42",
      },
    });
  });
});
