import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../../src/emulator/seed/seed.js";
import { DeleteStatusReasonDocument, UpdateStatusReasonDocument } from "../../../src/generated/operations.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const { lunch, training } = emulatorReasonIds;

describe("writes that meet others", () => {
  const gateway = useTestGateway();

  const update = (input: { text?: string; enabled?: boolean }, ifRevision?: string) =>
    gateway.run(UpdateStatusReasonDocument, { accountId, id: lunch, input, ifRevision: ifRevision ?? null });
  const remove = (ifRevision?: string) =>
    gateway.run(DeleteStatusReasonDocument, { accountId, id: lunch, ifRevision: ifRevision ?? null });

  /** What the gateway sent: method and `If-Match`. */
  const sent = () =>
    gateway.emulator.journal.requests
      .filter(({ headers }) => "x-request-id" in headers)
      .map(({ method, headers }) => [method, headers["if-match"]].filter(Boolean).join(" "));

  /** Somebody else's write, straight at the upstream. */
  async function elsewhere(method: "PUT" | "DELETE", id: string, change: object = {}): Promise<void> {
    const path = `/api/account/${accountId}/configuration/le-agents/status-reasons/${id}?v=1.0`;
    const reason = { text: "Lunch", state: "Away", enabled: true, ...change };
    const response = await fetch(gateway.emulator.origin + path, {
      method,
      headers: {
        authorization: `Bearer ${emulatorTokens.admin}`,
        "if-match": "-1",
        ...(method === "PUT" && { "content-type": "application/json" }),
      },
      body: method === "PUT" ? JSON.stringify(reason) : null,
    });
    expect(response.status).toBeLessThan(300);
  }

  /** Holds the gateway's write on its way while `other` happens. */
  async function racing<T>(method: string, work: () => Promise<T>, other: () => Promise<void>): Promise<T> {
    gateway.emulator.faults.add({ match: { method }, times: 1, latencyMs: 60_000 });
    const answer = work();
    await gateway.emulator.journal.whenReceived({ method });
    await other();
    gateway.emulator.faults.clear();
    return answer;
  }

  describe("without ifRevision", () => {
    it("tries again where others changed another reason", async () => {
      const other = () => elsewhere("PUT", training, { text: "Training II" });
      const answer = await racing("PUT", () => update({ enabled: false }), other);
      expect(dataOf(answer).updateStatusReason).toMatchObject({
        statusReason: { text: "Lunch", enabled: false },
        revision: "17892",
      });
      expect(sent()).toEqual(["GET", "PUT 17890", "GET", "PUT 17891"]);
    });

    it("keeps what others changed of the same reason", async () => {
      const other = () => elsewhere("PUT", lunch, { text: "Long lunch" });
      const answer = await racing("PUT", () => update({ enabled: false }), other);
      expect(dataOf(answer).updateStatusReason?.statusReason).toMatchObject({
        text: "Long lunch",
        enabled: false,
      });
    });

    it("overwrites no change of the same field", async () => {
      const other = () => elsewhere("PUT", lunch, { text: "Long lunch" });
      const answer = await racing("PUT", () => update({ text: "Short lunch" }), other);
      expect(errorOf(answer).extensions["conflict"]).toMatchObject({
        kind: "STALE_REVISION",
        currentRevision: "17891",
        current: { id: lunch, text: "Long lunch" },
      });
      expect(sent()).toEqual(["GET", "PUT 17890", "GET"]);
    });

    it("does not write to a reason that was deleted meanwhile", async () => {
      const answer = await racing(
        "PUT",
        () => update({ enabled: false }),
        () => elsewhere("DELETE", lunch),
      );
      expect(errorOf(answer).extensions).toMatchObject({ code: "NOT_FOUND" });
    });

    it("deletes what others changed meanwhile, as they left it", async () => {
      const other = () => elsewhere("PUT", lunch, { text: "Long lunch" });
      const answer = await racing("DELETE", () => remove(), other);
      expect(dataOf(answer).deleteStatusReason?.statusReason).toMatchObject({
        text: "Long lunch",
        deleted: true,
      });
    });

    it.each([409, 412])("gives up after three tries (%d)", async (status) => {
      gateway.emulator.faults.add({ match: { method: "PUT" }, status, headers: { "ac-revision": "1" } });
      const get = (revision: string) => ({
        match: { method: "GET" },
        times: 1,
        status: 200,
        body: `{"id":${lunch},"text":"Lunch","state":"Away","enabled":true,"deleted":false}`,
        headers: { "ac-revision": revision },
      });
      gateway.emulator.faults.add(get("1"), get("2"), get("3"), get("4"));
      const error = errorOf(await update({ text: "Brunch" }));
      expect(error.extensions).toMatchObject({
        code: "CONFLICT",
        conflict: { kind: "STALE_REVISION", currentRevision: "4" },
        upstream: { status },
      });
      expect(sent()).toEqual(["GET", "PUT 1", "GET", "PUT 2", "GET", "PUT 3", "GET"]);
    });

    it("tells a text that is taken from a stale revision, and does not try again", async () => {
      const error = errorOf(await update({ text: "Training" }));
      expect(error.extensions).toMatchObject({
        code: "CONFLICT",
        conflict: { kind: "DUPLICATE_TEXT", currentRevision: "17890", current: { id: lunch, text: "Lunch" } },
        upstream: { status: 409 },
      });
      expect(sent()).toEqual(["GET", "PUT 17890", "GET", "GET"]);
    });

    it.each([
      ["no reason for it can be seen", { text: "Unheard of" }],
      ["no text was to be written", { enabled: false }],
    ])("says UNKNOWN where %s", async (_case, input) => {
      gateway.emulator.faults.add({ match: { method: "PUT" }, status: 409, body: "<html>" });
      expect(errorOf(await update(input)).extensions["conflict"]).toMatchObject({ kind: "UNKNOWN" });
    });

    it("reports the conflict also where the upstream then fails to explain it", async () => {
      gateway.emulator.faults.add({ match: { method: "PUT" }, times: 1, status: 409, latencyMs: 60_000 });
      const answer = update({ text: "Brunch" });
      await gateway.emulator.journal.whenReceived({ method: "PUT" });
      gateway.emulator.faults.clear();
      gateway.emulator.faults.add({ match: { method: "GET" }, status: 500 });
      expect(errorOf(await answer).extensions).toMatchObject({
        code: "CONFLICT",
        conflict: { kind: "UNKNOWN", currentRevision: null, current: null },
      });
    });
  });

  describe("with ifRevision", () => {
    it("sends it as given", async () => {
      expect(dataOf(await update({ text: "Brunch" }, "17890")).updateStatusReason?.revision).toBe("17891");
      expect(sent()).toEqual(["GET", "PUT 17890"]);
    });

    it.each(["1", "9007199254740993", "9223372036854775807"])(
      "is a CONFLICT where %s is stale",
      async (revision) => {
        const error = errorOf(await update({ enabled: false }, revision));
        expect(error.extensions).toMatchObject({
          code: "CONFLICT",
          conflict: {
            kind: "STALE_REVISION",
            currentRevision: "17890",
            current: { id: lunch, enabled: true },
          },
        });
        expect(sent()).toEqual(["GET", `PUT ${revision}`, "GET"]);
      },
    );

    it("is the same for a delete", async () => {
      expect(errorOf(await remove("17889")).extensions["conflict"]).toMatchObject({
        kind: "STALE_REVISION",
        current: { id: lunch, deleted: false },
      });
      expect(sent()).toEqual(["GET", "DELETE 17889", "GET"]);
      expect(gateway.emulator.journal.writes).toEqual([]);
    });

    it("writes whatever the revision with -1", async () => {
      dataOf(await update({ text: "Brunch" }, "-1"));
      expect(sent()).toEqual(["GET", "PUT -1"]);
    });

    it.each(["", "one", "-2", "1.5", "9223372036854775808"])(
      "refuses %j before any call",
      async (revision) => {
        const answer = await update({ text: "Brunch" }, revision);
        expect(errorOf(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
        expect(sent()).toEqual([]);
      },
    );
  });
});
