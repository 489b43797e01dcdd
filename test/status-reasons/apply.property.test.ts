import fc from "fast-check";

import type { Fault } from "../../src/emulator/faults/faults.js";
import { emulatorEmptyAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { BatchInputError, hasTemporaryText, PlannedAction } from "../../src/status-reasons/index.js";
import type {
  AppliedItem,
  AppliedState,
  DesiredReason,
  DesiredState,
} from "../../src/status-reasons/index.js";
import type { KnownAgentState, NewStatusReason } from "../../src/upstream/api/index.js";
import { startReasonWriter } from "../support/reason-writer.js";
import type { ReasonWriterHarness } from "../support/reason-writer.js";

/**
 * A desired state is applied, and interrupted at any request: by a fault of the upstream, by the caller who leaves, or by
 * somebody else's write. What is reported of each run is compared with the account. Applied once more in peace, the account
 * is what a plain model says: the desired reasons, each under the id that it was given, and the others as they were or gone.
 */

const texts = ["Lunch", "Tea", "Training", "Meeting", "Yoga"];
const states: readonly KnownAgentState[] = ["AWAY", "BACK_SOON"];
const wireStates: Readonly<Record<string, string>> = { AWAY: "Away", BACK_SOON: "Back Soon" };

const others = fc.record({ state: fc.constantFrom(...states), enabled: fc.boolean() });

/** The reasons that there are. */
const present = fc
  .record({ names: fc.shuffledSubarray(texts, { minLength: 2 }), rest: others })
  .map(({ names, rest }) => names.map((text) => ({ ...rest, text })));

/** The reasons that are wanted; `from`: the place of the present one that each is to be. Many exchange their texts. */
const wanted = fc
  .record({
    names: fc.shuffledSubarray(texts),
    places: fc.oneof(fc.constant([0, 1, 2, 3, 4]), fc.shuffledSubarray([0, 1, 2, 3, 4])),
    rest: others,
  })
  .map(({ names, places, rest }) =>
    names.map((text, index) => ({ from: places[index], reason: { ...rest, text } })),
  );

const faults: readonly Fault[] = [
  { status: 500 },
  { status: 429 },
  { status: 412 },
  { status: 409 },
  { status: 404 },
  { status: 400 },
  { reset: "before" },
  { reset: "after" },
  { truncate: true },
  { status: 200, body: "<html>" },
];
const foreignWrites = ["creates", "renames", "extends"] as const;

interface Interruption {
  /** When, as a share of the writes that are planned: after so many requests of the run, the first of which is a read. */
  readonly at: number;
  readonly by: Fault | "leaving" | "expiry" | (typeof foreignWrites)[number];
}

const interruption: fc.Arbitrary<Interruption> = fc.record({
  at: fc.nat(20).map((twentieths) => twentieths / 20),
  by: fc.constantFrom(...faults, "leaving" as const, "expiry" as const, ...foreignWrites),
});

interface Wanted {
  readonly from: number | undefined;
  readonly reason: NewStatusReason;
}

interface LiveReason {
  readonly id: string;
  readonly text: string;
  readonly state: string;
  readonly enabled: boolean;
  readonly order: unknown;
}

describe("a desired state", () => {
  let harness: ReasonWriterHarness;
  beforeAll(async () => {
    harness = await startReasonWriter();
  });
  afterEach(() => {
    harness.reset();
  });
  afterAll(() => harness.stop());

  const all = () =>
    harness
      .reasonsOf(accountId)
      .list(true)
      .map(({ id, text, state, enabled, deleted, order }) => ({
        ...{ id: String(id), text, state, enabled, deleted, order },
      }));
  const live = (): LiveReason[] => all().filter(({ deleted }) => !deleted);
  const apply = (desired: DesiredState) => harness.writer.applyDesiredState(accountId, desired);

  function desiredOf(items: readonly Wanted[]): DesiredReason[] {
    const ids = live().map(({ id }) => id);
    return items.map(({ from, reason }) => {
      const id = from === undefined ? undefined : ids[from];
      return id === undefined ? reason : { ...reason, id };
    });
  }

  /** @returns undefined where the account cannot be read */
  async function applyInterrupted(
    desired: DesiredState,
    { at, by }: Interruption,
  ): Promise<AppliedState | undefined> {
    const { value: plan } = await apply({ ...desired, dryRun: true });
    const after = Math.round(at * (1 + plan.filter(({ action }) => action !== PlannedAction.KEEP).length));
    const interrupt = (): void => {
      if (by === "leaving") harness.caller.leave();
      else if (by === "expiry") harness.caller.expire();
      else if (typeof by === "string") writeElsewhere(by, desired, after > 0);
      else harness.emulator.faults.add({ ...by, times: 1 });
    };
    theirs.length = 0;
    harness.ended.length = 0;
    let calls = 0;
    harness.onCallEnded = () => {
      calls += 1;
      if (calls === after) interrupt();
    };
    if (after === 0) interrupt();
    const applied = await apply(desired).catch((error: unknown) => {
      if (error instanceof BatchInputError) throw error;
      return undefined;
    });
    harness.emulator.faults.clear();
    harness.renewCaller();
    return applied;
  }

  /** What others wrote to reasons after they were read. */
  const theirs: unknown[] = [];

  function writeElsewhere(
    kind: (typeof foreignWrites)[number],
    { reasons }: DesiredState,
    isPlanned: boolean,
  ): void {
    const account = harness.reasonsOf(accountId);
    const unique = `Theirs ${String(account.revision)}`;
    if (kind === "creates") {
      account.create([{ text: unique, state: "Away", enabled: true }]);
      return;
    }
    const [first] = live().filter(({ id }) => reasons.some((reason) => reason.id === id));
    if (first === undefined) return;
    const reason = account.get(BigInt(first.id));
    const change = kind === "renames" ? { text: unique } : { order: 7 };
    account.update(reason.id, { ...reason, ...change });
    if (isPlanned) theirs.push(expect.objectContaining({ id: first.id, ...change }));
  }

  /** What is reported of each item is what the account shows, and nothing was sent after an outcome that is unknown. */
  function expectTruth({ value }: AppliedState, before: readonly LiveReason[]): void {
    const now = new Map(all().map((reason) => [reason.id, reason]));
    for (const { result, before: planned } of value) {
      const { statusReason, outcome } = result ?? {};
      if (!statusReason) continue;
      const { id, text, state, enabled, deleted } = statusReason;
      expect(now.get(id)).toMatchObject({ text, state: wireStates[state], enabled, deleted });
      if (outcome === "NOT_TRIED") expect(statusReason).toEqual(planned);
    }
    const outcomesOf = (action: AppliedItem["action"]) =>
      value.filter((item) => item.action === action).map(({ result }) => result?.outcome);
    const creates = outcomesOf(PlannedAction.CREATE);
    const isNew = ({ id }: LiveReason) => !before.some((reason) => reason.id === id);
    if (!creates.includes("UNKNOWN")) {
      expect(live().filter(isNew)).toHaveLength(creates.filter((outcome) => outcome === "DONE").length);
    }
    const deletes = outcomesOf(PlannedAction.DELETE);
    if (!deletes.includes("UNKNOWN")) {
      const isGone = ({ id }: LiveReason) => now.get(id)?.deleted === true;
      expect(before.filter(isGone)).toHaveLength(deletes.filter((outcome) => outcome === "DONE").length);
    }
    const unknown = harness.ended.findIndex(({ outcome }) => outcome === "UNKNOWN");
    expect([-1, harness.ended.length - 1]).toContain(unknown);
  }

  /** After a failure, only what has a text that is needed is deleted, and texts are given back that nobody else has. */
  function expectNothingMissing(
    { value }: AppliedState,
    { reasons }: DesiredState,
    { by }: Interruption,
  ): void {
    const isMade = ({ result }: AppliedItem) => result?.outcome === "DONE" || result?.outcome === "UNCHANGED";
    const others = value.filter(({ action }) => action !== PlannedAction.DELETE);
    if (others.every(isMade)) return;
    const needed = others.map(({ index = 0 }) => reasons[index]?.text);
    for (const { action, before, result } of value) {
      if (action === PlannedAction.DELETE && result?.outcome === "DONE")
        expect(needed).toContain(before?.text);
    }
    const isOfItem = typeof by === "object" && [400, 404, 409, 412].includes(by.status ?? 0);
    if (!isOfItem) return;
    for (const reason of live().filter(hasTemporaryText)) {
      const before = value.find((item) => item.before?.id === reason.id)?.before;
      expect(live().map(({ text }) => text)).toContain(before?.text);
    }
  }

  it("is reached, however it is interrupted, and nothing is reported that is not so", async () => {
    const interruptions = fc.array(interruption, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        ...[present, wanted, fc.boolean(), interruptions],
        async (before, items, deleteOthers, all) => {
          harness.reset();
          await harness.writer.createMany(accountId, before);
          const reasons = desiredOf(items);
          const desired: DesiredState = { reasons, deleteOthers, confirmDeleteAll: true, dryRun: false };
          const isNamed = ({ id, text }: LiveReason) =>
            reasons.some((reason) => (reason.id ? reason.id === id : reason.text === text));
          const others = live().filter((reason) => !isNamed(reason));
          const named = live().filter(isNamed);
          if (!deleteOthers && others.some(({ text }) => reasons.some((reason) => reason.text === text))) {
            await expect(apply(desired)).rejects.toThrow(BatchInputError);
            expect(harness.emulator.journal.count({ method: "PUT" })).toBe(0);
            return;
          }
          for (const one of all) {
            const start = live();
            const applied = await applyInterrupted(desired, one);
            const isForeign = foreignWrites.some((kind) => kind === one.by);
            if (applied !== undefined && !isForeign) {
              expectTruth(applied, start);
              expectNothingMissing(applied, desired, one);
            }
            // What others wrote after the reasons were read is not overwritten.
            expect(live()).toEqual(expect.arrayContaining(theirs.splice(0)));
            // Whatever happens, no reason is lost that is named, nor any other unless that is asked for.
            const ids = live().map(({ id }) => id);
            expect(ids).toEqual(expect.arrayContaining(named.map(({ id }) => id)));
            if (!deleteOthers) expect(live()).toEqual(expect.arrayContaining(others));
          }
          const made = await apply(desired);
          expect(made.value.map(({ result }) => result?.outcome)).not.toContain("FAILED");
          expect(live().some((reason) => hasTemporaryText(reason))).toBe(false);
          for (const { id, text, state, enabled } of reasons) {
            const found = live().find((reason) => (id ? reason.id === id : reason.text === text));
            expect(found).toMatchObject({ text, enabled, state: wireStates[state] });
          }
          if (deleteOthers) expect(live()).toHaveLength(reasons.length);
          const writes = harness.emulator.journal.writes.length;
          const again = await apply(desired);
          expect(again.value.map(({ action }) => action)).toEqual(reasons.map(() => PlannedAction.KEEP));
          expect(harness.emulator.journal.writes).toHaveLength(writes);
        },
      ),
      { numRuns: 120 },
    );
  });
});
