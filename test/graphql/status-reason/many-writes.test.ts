import fc from "fast-check";

import {
  emulatorAccountId as accountId,
  emulatorEmptyAccountId as emptyAccountId,
  emulatorReasonIds,
  emulatorTokens,
} from "../../../src/emulator/seed/seed.js";
import { fingerprintOf } from "../../../src/server/write-audit.js";
import { dataOf, errorOf, figureOf, useTestGateway } from "../../support/gateway.js";

const { lunch, coffeeBreak, training, disabled, deleted } = emulatorReasonIds;

interface Result {
  readonly id?: string;
  readonly action?: string;
  readonly outcome: string | null;
  readonly statusReason: { readonly id: string; readonly text: string } | null;
  readonly error: Readonly<Record<string, unknown>> | null;
}

interface Payload {
  readonly results: readonly Result[];
  readonly plan: readonly Result[];
  readonly revision: string | null;
}

const reasonFields = "{ id text state enabled deleted }";
const errorFields = `{ code message retryable retryAfter conflict { kind currentRevision current ${reasonFields} } }`;
const results = `{ results { id outcome statusReason ${reasonFields} error ${errorFields} } revision }`;
const plan = `{ plan { action index before ${reasonFields} changes { attribute from to } outcome
  statusReason ${reasonFields} error ${errorFields} } revision }`;

describe("writing several status reasons", () => {
  // Short pauses after a 429, so that no test waits for the one before.
  const gateway = useTestGateway({}, { resilience: { maxPauseMs: 1 } });

  const send = (field: string, input: object, args = "", account = accountId) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation ($account: ID!, $input: ${type}) {
      ${field}(accountId: $account, input: $input${args}) ${field.startsWith("apply") ? plan : results}
    }`;
    return gateway.query(query, { account, input });
  };
  const run = async (...[field, ...rest]: Parameters<typeof send>) =>
    dataOf(await send(field, ...rest))[field] as Payload;
  const update = (items: readonly object[]) => run("updateStatusReasons", { items });
  const outcomes = (all: readonly Result[]) => all.map(({ outcome }) => outcome);
  const reasons = (account = accountId) => gateway.emulator.state.account(account).reasons;
  const textsOf = (account = accountId) =>
    reasons(account)
      .list()
      .map(({ text }) => text);
  const sent = () =>
    gateway.emulator.journal.requests.map(({ method, headers }) =>
      [method, headers["if-match"]].filter((part) => part !== undefined).join(" "),
    );

  it("changes them one after the other, with a result for each in the order given", async () => {
    const payload = await update([
      { id: training, text: " Course " },
      { id: disabled, enabled: false, text: null },
      { id: lunch, enabled: false, state: "BACK_SOON" },
    ]);
    expect(payload).toEqual({
      results: [
        {
          id: training,
          outcome: "DONE",
          statusReason: { id: training, text: "Course", state: "AWAY", enabled: true, deleted: false },
          error: null,
        },
        { id: disabled, outcome: "UNCHANGED", statusReason: expect.anything() as unknown, error: null },
        {
          id: lunch,
          outcome: "DONE",
          statusReason: { id: lunch, text: "Lunch", state: "BACK_SOON", enabled: false, deleted: false },
          error: null,
        },
      ],
      revision: "17892",
    });
    expect(sent()).toEqual(["GET", "PUT 17890", "PUT 17891"]);
  });

  it("deletes them, and leaves alone what is deleted already", async () => {
    const payload = await run("deleteStatusReasons", { ids: [lunch, deleted] });
    expect(payload.results).toMatchObject([
      { id: lunch, outcome: "DONE", statusReason: { deleted: true } },
      { id: deleted, outcome: "UNCHANGED", statusReason: { deleted: true } },
    ]);
    expect(sent()).toEqual(["GET", "DELETE 17890"]);
  });

  it("tells errors of items as data, and goes on after those of one item alone", async () => {
    const { results } = await update([
      { id: coffeeBreak, text: "Meeting" },
      { id: training, enabled: false },
    ]);
    expect(results).toMatchObject([
      {
        id: coffeeBreak,
        outcome: "FAILED",
        statusReason: { id: coffeeBreak, text: "Coffee break" },
        error: {
          code: "CONFLICT",
          retryable: false,
          retryAfter: null,
          conflict: { kind: "DUPLICATE_TEXT", currentRevision: "17890", current: { id: coffeeBreak } },
        },
      },
      { id: training, outcome: "DONE", error: null },
    ]);
  });

  it("ends with a rate limit, and says what was not tried", async () => {
    gateway.emulator.faults.add({
      match: { method: "PUT", path: coffeeBreak },
      status: 429,
      headers: { "retry-after": "7" },
    });
    const { results, revision } = await update(
      [lunch, coffeeBreak, training].map((id) => ({ id, enabled: false })),
    );
    expect(outcomes(results)).toEqual(["DONE", "FAILED", "NOT_TRIED"]);
    expect(results[1]?.error).toMatchObject({
      code: "RATE_LIMITED",
      retryable: true,
      retryAfter: expect.any(Number) as unknown,
    });
    expect(results[2]?.error).toBeNull();
    expect(revision).toBe("17891");
  });

  it("says that an outcome is unknown, and ends there", async () => {
    gateway.emulator.faults.add({ match: { method: "PUT", path: coffeeBreak }, status: 500 });
    const { results } = await update([lunch, coffeeBreak, training].map((id) => ({ id, enabled: false })));
    expect(outcomes(results)).toEqual(["DONE", "UNKNOWN", "NOT_TRIED"]);
    expect(results[1]).toMatchObject({ statusReason: null, error: { code: "UPSTREAM_ERROR" } });
  });

  it("is an error as a whole where the reasons cannot be read", async () => {
    gateway.emulator.faults.add({ match: { method: "GET" }, status: 403 });
    const { data, errors } = await send("updateStatusReasons", { items: [{ id: lunch, enabled: false }] });
    expect(data).toEqual({ updateStatusReasons: null });
    expect(errors).toMatchObject([{ path: ["updateStatusReasons"], extensions: { code: "FORBIDDEN" } }]);
  });

  describe("brings an account to a desired state", () => {
    const apply = (input: object, args = "", account = accountId) =>
      run("applyStatusReasons", input, args, account);
    const actions = ({ plan }: Payload) =>
      plan.map(({ action, outcome }) => `${String(action)} ${String(outcome)}`);

    it("shows the plan and writes nothing in a dry run, and then does what it said", async () => {
      const input = {
        reasons: [
          { id: lunch, text: "Siesta" },
          { text: "training", enabled: false },
          { text: "Coffee break" },
          { text: "Yoga", state: "BACK_SOON" },
        ],
        deleteOthers: true,
      };
      const before = reasons().list();
      const planned = await apply({ ...input, dryRun: true });
      expect(planned.plan.slice(0, 4)).toMatchObject([
        {
          action: "UPDATE",
          index: 0,
          before: { id: lunch, text: "Lunch" },
          changes: [{ attribute: "TEXT", from: "Lunch", to: "Siesta" }],
          outcome: null,
          statusReason: null,
          error: null,
        },
        {
          action: "UPDATE",
          index: 1,
          before: { id: training },
          changes: [
            { attribute: "TEXT", from: "Training", to: "training" },
            { attribute: "ENABLED", from: "true", to: "false" },
          ],
        },
        { action: "KEEP", index: 2, changes: [] },
        { action: "CREATE", index: 3, before: null, changes: [] },
      ]);
      expect(planned.plan.slice(4).every(({ action }) => action === "DELETE")).toBe(true);
      expect(planned.plan).toHaveLength(4 + before.length - 3);
      expect(planned.revision).toBe("17890");
      expect(sent()).toEqual(["GET"]);
      expect(reasons().list()).toEqual(before);

      const applied = await apply(input, `, ifRevision: "${String(planned.revision)}"`);
      expect(applied.plan.map(({ action }) => action)).toEqual(planned.plan.map(({ action }) => action));
      expect(new Set(outcomes(applied.plan))).toEqual(new Set(["DONE", "UNCHANGED"]));
      expect(textsOf().sort()).toEqual(["Coffee break", "Siesta", "Yoga", "training"]);
      expect(applied.plan[3]).toMatchObject({ statusReason: { text: "Yoga", state: "BACK_SOON" } });
      expect(sent().filter((method) => method.startsWith("POST"))).toHaveLength(1);
      const again = await apply(input);
      expect(new Set(actions(again))).toEqual(new Set(["KEEP UNCHANGED"]));
    });

    it("exchanges two texts", async () => {
      const swapped = [
        { id: lunch, text: "Training" },
        { id: training, text: "Lunch" },
      ];
      expect(actions(await apply({ reasons: swapped }))).toEqual(["UPDATE DONE", "UPDATE DONE"]);
      expect(reasons().get(BigInt(lunch)).text).toBe("Training");
      expect(reasons().get(BigInt(training)).text).toBe("Lunch");
    });

    it("fills an empty account with one call, and empties it again if that is confirmed", async () => {
      const input = { reasons: ["A", "B", "C"].map((text) => ({ text })) };
      expect(actions(await apply(input, "", emptyAccountId))).toEqual(Array(3).fill("CREATE DONE"));
      expect(sent()).toEqual(["GET", "POST"]);
      const nothing = { reasons: [], deleteOthers: true };
      const refused = errorOf(await send("applyStatusReasons", nothing, "", emptyAccountId));
      expect(refused.extensions["validationErrors"]).toMatchObject([{ path: "input.confirmDeleteAll" }]);
      const confirmed = await apply({ ...nothing, confirmDeleteAll: true }, "", emptyAccountId);
      expect(actions(confirmed)).toEqual(Array(3).fill("DELETE DONE"));
      expect(textsOf(emptyAccountId)).toEqual([]);
    });

    it("writes nothing where the account is not at the revision of the plan", async () => {
      const args = ', ifRevision: "1"';
      const error = errorOf(await send("applyStatusReasons", { reasons: [{ text: "Yoga" }] }, args));
      expect(error.extensions).toMatchObject({
        code: "CONFLICT",
        conflict: { kind: "STALE_REVISION", currentRevision: "17890" },
      });
      expect(sent()).toEqual(["GET"]);
    });

    it("deletes nothing after a write that failed", async () => {
      gateway.emulator.faults.add({ match: { method: "POST" }, status: 400 });
      const payload = await apply({ reasons: [{ text: "Lunch" }, { text: "Yoga" }], deleteOthers: true });
      expect(actions(payload).slice(0, 2)).toEqual(["KEEP UNCHANGED", "CREATE FAILED"]);
      expect(new Set(actions(payload).slice(2))).toEqual(new Set(["DELETE NOT_TRIED"]));
    });
  });

  it("does what the plan of a dry run says, for one request a write and one for all creates", async () => {
    const names = ["Lunch", "Training", "Meeting", "Tea", "Yoga", "LUNCH"];
    const state = fc.record({
      texts: fc.uniqueArray(fc.constantFrom(...names), { selector: (text) => text.toLowerCase() }),
      ids: fc.shuffledSubarray([lunch, training, coffeeBreak]),
      enabled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(state, async ({ texts, ids, enabled }) => {
        gateway.emulator.reset();
        const desired = texts.map((text, index) => ({ id: ids[index] ?? null, text, enabled }));
        const input = { reasons: desired, deleteOthers: true, confirmDeleteAll: true };
        const planned = await run("applyStatusReasons", { ...input, dryRun: true });
        expect(sent()).toEqual(["GET"]);
        gateway.emulator.journal.clear();
        const applied = await run("applyStatusReasons", input, `, ifRevision: "${String(planned.revision)}"`);
        const actions = planned.plan.map(({ action }) => action);
        expect(applied.plan.map(({ action }) => action)).toEqual(actions);
        expect(new Set(outcomes(applied.plan))).not.toContain("FAILED");
        const count = (wanted: string) => actions.filter((action) => action === wanted).length;
        const least = 1 + count("UPDATE") + count("DELETE") + Math.min(count("CREATE"), 1);
        expect(sent().length).toBeGreaterThanOrEqual(least);
        // Every circle of texts has a temporary one, and two reasons at least.
        expect(sent().length).toBeLessThanOrEqual(least + Math.floor(count("UPDATE") / 2));
        expect(textsOf().sort()).toEqual([...texts].sort());
      }),
      { numRuns: 40 },
    );
  });

  describe("refuses bad input before any write", () => {
    it.each<[string, object, string[]]>([
      ["updateStatusReasons", { items: [] }, ["input.items"]],
      ["updateStatusReasons", { items: Array(101).fill({ id: lunch, enabled: true }) }, ["input.items"]],
      ["updateStatusReasons", { items: [{ id: "x", enabled: true }] }, ["input.items.0.id"]],
      ["updateStatusReasons", { items: [{ id: lunch }] }, ["input.items"]],
      ["updateStatusReasons", { items: [{ id: lunch, state: "OFFLINE" }] }, ["input.items.0.state"]],
      [
        "updateStatusReasons",
        { items: [lunch, "1", lunch].map((id) => ({ id, enabled: true })) },
        ["input.items.2.id"],
      ],
      ["updateStatusReasons", { items: [{ id: "1", enabled: true }] }, ["input.items.0.id"]],
      ["updateStatusReasons", { items: [{ id: lunch, text: "<b>" }] }, ["input.items.0.text"]],
      [
        "updateStatusReasons",
        {
          items: [
            { id: lunch, text: "Café" },
            { id: training, text: "CAFE\u0301" },
          ],
        },
        ["input.items.1.text"],
      ],
      ["deleteStatusReasons", { ids: [] }, ["input.ids"]],
      ["deleteStatusReasons", { ids: [lunch, lunch] }, ["input.ids.1"]],
      ["deleteStatusReasons", { ids: ["1"] }, ["input.ids.0"]],
      ["deleteStatusReasons", { ids: Array(101).fill("1") }, ["input.ids"]],
      ["applyStatusReasons", { reasons: [{ text: " " }] }, ["input.reasons.0.text"]],
      ["applyStatusReasons", { reasons: [{ text: "Tea" }, { text: "TEA" }] }, ["input.reasons.1.text"]],
      ["applyStatusReasons", { reasons: [{ id: "1", text: "Tea" }] }, ["input.reasons.0.id"]],
      ["applyStatusReasons", { reasons: [{ id: lunch, text: "Training" }] }, ["input.reasons.0.text"]],
      ["applyStatusReasons", { reasons: Array(101).fill({ text: "Tea" }) }, ["input.reasons"]],
    ])("%s %j", async (field, input, paths) => {
      const { code, validationErrors } = errorOf(await send(field, input)).extensions;
      expect(code).toBe("BAD_USER_INPUT");
      expect((validationErrors as { path: string }[]).map(({ path }) => path)).toEqual(paths);
      expect(sent().filter((method) => method !== "GET")).toEqual([]);
    });
  });

  it("costs as many writes as there are items, and the deletions that there may be", async () => {
    const costOf = async (field: string, input: object) => {
      const { errors } = await send(field, input);
      return /cost is (\d+)/.exec(errors[0]?.message ?? "")?.[1];
    };
    const items = Array.from({ length: 50 }, (_, index) => ({ id: String(index + 1), enabled: true }));
    expect(await costOf("updateStatusReasons", { items })).toBeUndefined();
    const many = Array.from(
      { length: 4 },
      (_, index) => `a${index}: updateStatusReasons(accountId: "1", input: $i) ${results}`,
    );
    const query = `mutation ($i: UpdateStatusReasonsInput!) { ${many.join(" ")} }`;
    const hundred = {
      items: Array.from({ length: 100 }, (_, index) => ({ id: String(index), enabled: true })),
    };
    const { errors } = await gateway.query(query, { i: hundred });
    expect(errors[0]?.message).toMatch(/^The operation's estimated cost is 4\d{5};/);
  });

  it("is audited: a line and a count for each write, without the token", async () => {
    const writes = (outcome: string) =>
      figureOf(
        gateway.origin,
        `status_reason_gateway_writes_total{operation="updateStatusReason",outcome="${outcome}"}`,
      );
    const before = await writes("DONE");
    gateway.emulator.faults.add({ match: { method: "PUT", path: coffeeBreak }, status: 429 });
    await update([lunch, coffeeBreak, training].map((id) => ({ id, enabled: false })));
    const lines = gateway.log.lines().filter(({ msg }) => msg === "write");
    const common = {
      caller: fingerprintOf(`Bearer ${emulatorTokens.admin}`),
      accountId,
      upstreamOperation: "updateStatusReason",
      count: 1,
      requestId: expect.any(String) as unknown,
    };
    expect(lines.slice(-2)).toMatchObject([
      { ...common, ids: [lunch], outcome: "DONE" },
      { ...common, ids: [coffeeBreak], outcome: "FAILED" },
    ]);
    expect(JSON.stringify(lines)).not.toContain(emulatorTokens.admin);
    expect(await writes("DONE")).toBe(before + 1);
  });
});
