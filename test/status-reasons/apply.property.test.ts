import fc from "fast-check";

import type { Fault } from "../../src/emulator/faults/faults.js";
import { emulatorEmptyAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { hasTemporaryText, PlannedAction } from "../../src/status-reasons/index.js";
import type { AppliedState, DesiredReason, DesiredState } from "../../src/status-reasons/index.js";
import type { KnownAgentState } from "../../src/upstream/api/index.js";
import { startReasonWriter } from "../support/reason-writer.js";
import type { ReasonWriterHarness } from "../support/reason-writer.js";

/**
 * A desired state is applied while the upstream fails at any request in any way, again and again. The plain model is what the
 * account has to be in the end: the desired reasons, each under the id that it was given, and nothing else.
 */

const texts = ["Lunch", "Tea", "Training", "Meeting", "Yoga"];
const states: readonly KnownAgentState[] = ["AWAY", "BACK_SOON"];

const attributes = fc.record({
  text: fc.constantFrom(...texts),
  state: fc.constantFrom(...states),
  enabled: fc.boolean(),
});
const differentTexts = { selector: ({ text }: { readonly text: string }) => text, maxLength: 5 };
const present = fc.uniqueArray(attributes, differentTexts);
/** `from`: the place of the present reason that it is to be, if there is one. */
const wanted = fc.uniqueArray(fc.record({ from: fc.nat(9), reason: attributes }), {
  selector: ({ reason }) => reason.text,
  maxLength: 5,
});

/** What happens to one request. */
const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { status: 500 },
  { status: 429 },
  { status: 412 },
  { status: 400 },
  { reset: "before" },
  { reset: "after" },
  { status: 200, body: "<html>" },
);
const faults = fc.array(fc.record({ method: fc.constantFrom("PUT", "POST", "DELETE", "GET"), fault }), {
  maxLength: 3,
});

/** More runs than there are faults, each of which fails one request. */
const runs = 12;

describe("a desired state", () => {
  let harness: ReasonWriterHarness;
  beforeAll(async () => {
    harness = await startReasonWriter();
  });
  afterEach(() => {
    harness.reset();
  });
  afterAll(() => harness.stop());

  const live = () =>
    harness
      .reasonsOf(accountId)
      .list()
      .map(({ id, text, state, enabled }) => ({ id: String(id), text, state, enabled }));

  function desiredOf(items: readonly { from: number; reason: DesiredReason }[]): DesiredReason[] {
    const ids = live().map(({ id }) => id);
    const taken = new Set<string>();
    return items.map(({ from, reason }) => {
      const id = ids[from];
      if (id === undefined || taken.has(id)) return reason;
      taken.add(id);
      return { ...reason, id };
    });
  }

  it("is reached, however often it is interrupted, and then stays", async () => {
    await fc.assert(
      fc.asyncProperty(present, wanted, faults, async (before, items, interruptions) => {
        harness.reset();
        if (before.length > 0) await harness.writer.createMany(accountId, before);
        const reasons = desiredOf(items);
        const desired: DesiredState = { reasons, deleteOthers: true, confirmDeleteAll: true, dryRun: false };
        for (const { method, fault: what } of interruptions) {
          harness.emulator.faults.add({ ...what, match: { method }, times: 1 });
        }
        let last: AppliedState | undefined;
        for (let run = 0; run < runs; run += 1) {
          last = await harness.writer.applyDesiredState(accountId, desired).catch(() => undefined);
          if (last?.value.every(({ action }) => action === PlannedAction.KEEP) === true) break;
        }
        expect(last?.value.map(({ action }) => action)).toEqual(reasons.map(() => PlannedAction.KEEP));
        expect(live()).toHaveLength(reasons.length);
        for (const { id, text, state, enabled } of reasons) {
          const found = live().find((reason) => (id ? reason.id === id : reason.text === text));
          expect(found).toMatchObject({ text, enabled, state: state === "AWAY" ? "Away" : "Back Soon" });
        }
        expect(live().some((reason) => hasTemporaryText(reason))).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
