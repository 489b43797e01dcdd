import type { Fault } from "../../src/emulator/faults/faults.js";
import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { BatchInputError } from "../../src/status-reasons/index.js";
import type { BatchResult, BatchUpdate } from "../../src/status-reasons/index.js";
import { startReasonWriter } from "../support/reason-writer.js";
import type { ReasonWriterHarness } from "../support/reason-writer.js";

const accountId = emulatorAccountId;
const { lunch, coffeeBreak, training, disabled, deleted } = emulatorReasonIds;

describe("many writes at once", () => {
  let harness: ReasonWriterHarness;
  beforeAll(async () => {
    harness = await startReasonWriter();
  });
  afterEach(() => {
    harness.reset();
  });
  afterAll(() => harness.stop());

  const disabling = (ids: readonly string[]): BatchUpdate[] =>
    ids.map((id) => ({ id, change: { enabled: false } }));
  const three = [lunch, coffeeBreak, training];
  const update = (items: readonly BatchUpdate[]) => harness.writer.updateMany(accountId, items);
  const outcomes = ({ results }: BatchResult) => results.map(({ outcome }) => outcome);
  const fail = (fault: Fault) => {
    harness.emulator.faults.add(fault);
  };
  const written = () => harness.emulator.journal.writes.map(({ reason }) => String(reason.id));

  /** Somebody else's write once so many requests of the batch have ended. */
  function elsewhereAfter(calls: number, id: string, change: object): void {
    let count = 0;
    harness.onCallEnded = () => {
      count += 1;
      if (count !== calls) return;
      const reasons = harness.reasonsOf(accountId);
      reasons.update(BigInt(id), { ...reasons.get(BigInt(id)), ...change });
    };
  }

  it("reads once, and writes each under the revision that the one before left behind", async () => {
    const items = [
      ...disabling([lunch, disabled, coffeeBreak]),
      { id: training, change: { text: "Course" } },
    ];
    const { results, revision } = await update(items);
    expect(results.map(({ outcome, statusReason }) => [outcome, statusReason?.id])).toEqual([
      ["DONE", lunch],
      ["UNCHANGED", disabled],
      ["DONE", coffeeBreak],
      ["DONE", training],
    ]);
    expect(results[3]?.statusReason).toMatchObject({ text: "Course", enabled: true });
    expect(revision).toBe("17893");
    expect(harness.sent()).toEqual(["GET", "PUT 17890", "PUT 17891", "PUT 17892"]);
    expect(harness.reasonsOf(accountId).get(BigInt(coffeeBreak))).toMatchObject({ order: 2 });
  });

  it("deletes, and leaves alone what is deleted already", async () => {
    const { results, revision } = await harness.writer.deleteMany(accountId, [lunch, deleted, training]);
    expect(results.map(({ outcome, statusReason }) => [outcome, statusReason?.deleted])).toEqual([
      ["DONE", true],
      ["UNCHANGED", true],
      ["DONE", true],
    ]);
    expect(revision).toBe("17892");
    expect(harness.sent()).toEqual(["GET", "DELETE 17890", "DELETE 17891"]);
  });

  it("believes a 304", async () => {
    fail({ match: { method: "PUT" }, times: 1, status: 304 });
    fail({ match: { method: "DELETE" }, times: 1, status: 304, headers: { "ac-revision": "17890" } });
    expect(outcomes(await update(disabling([lunch, training])))).toEqual(["UNCHANGED", "DONE"]);
    expect(outcomes(await harness.writer.deleteMany(accountId, [lunch]))).toEqual(["UNCHANGED"]);
    expect(written()).toEqual([training]);
  });

  it("reads again where a write says no revision to go on from", async () => {
    fail({ match: { method: "DELETE" }, times: 1, status: 200 });
    const result = await harness.writer.deleteMany(accountId, [lunch, training]);
    expect(outcomes(result)).toEqual(["DONE", "DONE"]);
    expect(harness.sent()).toEqual(["GET", "DELETE 17890", "GET", "DELETE 17890"]);
  });

  it("ends where that read fails: every further item would need it", async () => {
    fail({ match: { method: "DELETE" }, times: 1, status: 200 });
    harness.onCallEnded = () => {
      if (harness.emulator.journal.count({ method: "DELETE" }) > 0)
        fail({ match: { method: "GET" }, status: 404 });
    };
    const result = await harness.writer.deleteMany(accountId, three);
    expect(outcomes(result)).toEqual(["DONE", "FAILED", "NOT_TRIED"]);
    expect(result.results[1]?.error).toMatchObject({ fault: "not-found", operation: { intent: "read" } });
    expect(harness.sent()).toEqual(["GET", "DELETE 17890", "GET"]);
  });

  describe("that meets the writes of others", () => {
    it("goes on from a fresh read, and keeps what they changed, also of reasons whose turn comes later", async () => {
      elsewhereAfter(2, training, { text: "Course", order: 7 });
      expect(outcomes(await update(disabling(three)))).toEqual(["DONE", "DONE", "DONE"]);
      expect(harness.sent()).toEqual(["GET", "PUT 17890", "PUT 17891", "GET", "PUT 17892", "PUT 17893"]);
      const { text, order, enabled } = harness.reasonsOf(accountId).get(BigInt(training));
      expect({ text, order, enabled }).toEqual({ text: "Course", order: 7, enabled: false });
    });

    it.each([
      ["the one that is being written", coffeeBreak, ["DONE", "FAILED", "DONE"]],
      ["one whose turn comes later", training, ["DONE", "DONE", "FAILED"]],
    ])("does not overwrite what they changed in the same fields of %s", async (_case, id, expected) => {
      elsewhereAfter(2, id, { text: "Theirs" });
      const { results } = await update(
        three.map((one, index) => ({ id: one, change: { text: `Ours ${index}` } })),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(expected);
      const failed = results.find(({ outcome }) => outcome === "FAILED");
      expect(failed).toMatchObject({
        statusReason: { id, text: "Theirs" },
        error: { conflict: { kind: "STALE_REVISION", current: { id, text: "Theirs" } } },
      });
      expect(harness.reasonsOf(accountId).get(BigInt(id)).text).toBe("Theirs");
    });

    it("takes as unchanged what they have brought about", async () => {
      elsewhereAfter(2, training, { enabled: false });
      expect(outcomes(await update(disabling(three)))).toEqual(["DONE", "DONE", "UNCHANGED"]);
    });

    it("finds a text that is taken", async () => {
      const { results } = await update([
        { id: training, change: { text: "Meeting" } },
        { id: coffeeBreak, change: { text: "Tea" } },
      ]);
      expect(results).toMatchObject([
        { outcome: "FAILED", error: { conflict: { kind: "DUPLICATE_TEXT" } } },
        { outcome: "DONE" },
      ]);
      expect(harness.sent()).toEqual(["GET", "PUT 17890", "GET", "PUT 17890"]);
    });
  });

  describe("that fails in the middle", () => {
    const second = { match: { path: coffeeBreak } };

    it.each([400, 404])("goes on after a %d", async (status) => {
      fail({ ...second, status });
      const { results } = await update(disabling(three));
      expect(results.map(({ outcome }) => outcome)).toEqual(["DONE", "FAILED", "DONE"]);
      expect(results[1]).toMatchObject({
        error: { status },
        statusReason: { id: coffeeBreak, enabled: true },
      });
    });

    it.each([401, 403, 429])("ends with a %d, which changed nothing", async (status) => {
      fail({ ...second, status });
      const { results, revision } = await update(disabling(three));
      expect(results.map(({ outcome }) => outcome)).toEqual(["DONE", "FAILED", "NOT_TRIED"]);
      expect(results[1]?.error?.status).toBe(status);
      expect(results[2]).toEqual({
        outcome: "NOT_TRIED",
        statusReason: expect.objectContaining({ id: training }) as unknown,
      });
      expect(revision).toBe("17891");
      expect(written()).toEqual([lunch]);
    });

    it.each<[string, Fault]>([
      ["a 500", { status: 500 }],
      ["a 504", { status: 504 }],
      ["a page of HTML", { status: 200, body: "<html>" }],
      ["a connection that broke before", { reset: "before" }],
    ])("ends as unknown with %s", async (_case, fault) => {
      fail({ ...second, times: 1, ...fault });
      const { results } = await update(disabling(three));
      expect(results.map(({ outcome }) => outcome)).toEqual(["DONE", "UNKNOWN", "NOT_TRIED"]);
      expect(results[1]?.statusReason).toBeNull();
      expect(written()).toEqual([lunch]);
    });

    it("goes on where a read shows that a lost write was done", async () => {
      fail({ ...second, times: 1, reset: "after" });
      expect(outcomes(await update(disabling(three)))).toEqual(["DONE", "DONE", "DONE"]);
      expect(harness.sent()).toEqual(["GET", "PUT 17890", "PUT 17891", "GET", "PUT 17892"]);
    });

    it("ends when the time is up or the caller leaves: before a write as failed, within one as unknown", async () => {
      harness.onCallEnded = () => {
        if (harness.emulator.journal.count({ method: "PUT" }) === 1) harness.caller.expire();
      };
      const { results } = await update(disabling(three));
      expect(results.map(({ outcome }) => outcome)).toEqual(["DONE", "FAILED", "NOT_TRIED"]);
      expect(results[1]?.error).toMatchObject({ fault: "timeout", outcome: "not-done" });

      harness.reset();
      fail({ ...second, hang: true });
      const writing = update(disabling(three));
      await harness.emulator.journal.whenReceived({ method: "PUT" }, 2);
      harness.caller.leave();
      expect(outcomes(await writing)).toEqual(["DONE", "UNKNOWN", "NOT_TRIED"]);
    });

    it("fails as a whole where the reasons cannot be read", async () => {
      fail({ match: { method: "GET" }, status: 501 });
      await expect(update(disabling(three))).rejects.toMatchObject({ fault: "server-error" });
      expect(written()).toEqual([]);
    });
  });

  describe("refuses bad input before any write", () => {
    const faultsOf = async (work: Promise<unknown>) => {
      const error: unknown = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(BatchInputError);
      expect(written()).toEqual([]);
      return (error as BatchInputError).faults.map(({ path, constraint }) => `${path} ${constraint}`);
    };
    const renaming = (...texts: string[]) =>
      texts.map((text, index) => ({ id: three[index] ?? "", change: { text } }));

    it.each<[string, BatchUpdate[], string[]]>([
      ["nothing", [], ["items itemCount"]],
      ["too much", Array<BatchUpdate>(101).fill({ id: lunch, change: {} }), ["items itemCount"]],
      ["an id twice", disabling([lunch, training, lunch]), ["items.2.id uniqueIds"]],
      ["an id of another account", disabling([lunch, "812345001"]), ["items.1.id exists"]],
      ["a deleted reason", disabling([deleted]), ["items.0.id isNotDeleted"]],
      ["equal texts", renaming("Tea", "Tea"), ["items.1.text uniqueTexts"]],
      ["texts that differ by case", renaming("Tea", "TEA "), ["items.1.text uniqueTexts"]],
      ["texts that differ by spaces", renaming("Tea time", "Tea\u00a0 time"), ["items.1.text uniqueTexts"]],
      [
        "texts that differ by Unicode form",
        renaming("Café", "Cafe\u0301", "ＣＡＦＥ\u0301"),
        ["items.1.text uniqueTexts", "items.2.text uniqueTexts"],
      ],
      [
        "texts that break a rule",
        renaming(" ", "a<b", "a".repeat(101)),
        ["items.0.text isNotBlank", "items.1.text noMarkup", "items.2.text maxLength"],
      ],
    ])("%s", async (_case, items, expected) => {
      expect(await faultsOf(update(items))).toEqual(expected);
    });

    it("ids to delete that are unknown, repeated or too many", async () => {
      const remove = (ids: string[]) => faultsOf(harness.writer.deleteMany(accountId, ids));
      expect(await remove(["1", lunch])).toEqual(["ids.0 exists"]);
      expect(await remove([lunch, lunch])).toEqual(["ids.1 uniqueIds"]);
      expect(await remove([])).toEqual(["ids itemCount"]);
      expect(await remove(Array<string>(101).fill("1"))).toEqual(["ids itemCount"]);
    });
  });

  describe("is reported", () => {
    it("write by write, and as a batch", async () => {
      fail({ match: { path: coffeeBreak }, status: 429 });
      await update(disabling([disabled, ...three]));
      const write = { operation: "updateStatusReason", accountId, count: 1 };
      expect(harness.ended).toEqual([
        { ...write, ids: [lunch], outcome: "DONE" },
        { ...write, ids: [coffeeBreak], outcome: "FAILED" },
      ]);
      expect(harness.batches).toEqual([
        { kind: "update", outcomes: ["UNCHANGED", "DONE", "FAILED", "NOT_TRIED"] },
      ]);
    });

    it("also where it is a single one", async () => {
      const { value } = await harness.writer.create(accountId, { text: "Tea", state: "AWAY", enabled: true });
      await harness.writer.update({ accountId, id: value.id }, { enabled: false });
      await harness.writer.delete({ accountId, id: value.id });
      fail({ match: { method: "POST" }, status: 500 });
      const two = ["A", "B"].map((text) => ({ text, state: "AWAY", enabled: true }) as const);
      await harness.writer.createMany(accountId, two).catch(() => undefined);
      const ids = [value.id];
      expect(harness.ended).toEqual([
        { operation: "createStatusReason", accountId, ids, count: 1, outcome: "DONE" },
        { operation: "updateStatusReason", accountId, ids, count: 1, outcome: "DONE" },
        { operation: "deleteStatusReason", accountId, ids, count: 1, outcome: "DONE" },
        { operation: "createStatusReasons", accountId, ids: [], count: 2, outcome: "UNKNOWN" },
      ]);
      expect(harness.batches).toEqual([]);
    });

    it("a write that was refused for its token", async () => {
      harness.reset(emulatorTokens.readOnly);
      expect(outcomes(await update(disabling(three)))).toEqual(["FAILED", "NOT_TRIED", "NOT_TRIED"]);
      expect(harness.ended).toMatchObject([{ ids: [lunch], outcome: "FAILED" }]);
    });
  });
});
