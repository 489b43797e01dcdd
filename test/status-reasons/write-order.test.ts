import fc from "fast-check";

import type { StatusReasonRecord } from "../../src/upstream/api/index.js";
import { BatchInputError } from "../../src/status-reasons/batch-input.js";
import type { DesiredReason } from "../../src/status-reasons/desired-state.js";
import { newReasonOf, planItems } from "../../src/status-reasons/plan.js";
import { hasTemporaryText, looseTextKey, reasonTextRules } from "../../src/status-reasons/text.js";
import { orderWrites } from "../../src/status-reasons/write-order.js";

type Reason = Pick<StatusReasonRecord, "id" | "text">;

/** An account that takes no text which looks like another's, as a strict upstream. */
class StrictAccount {
  readonly texts: Map<string, string>;
  #newId = 1000;

  constructor(reasons: readonly Reason[]) {
    this.texts = new Map(reasons.map(({ id, text }) => [id, text]));
  }

  create(text: string): void {
    this.#newId += 1;
    this.rename(String(this.#newId), text);
  }

  rename(id: string, text: string): void {
    for (const [other, taken] of this.texts) {
      if (other !== id && looseTextKey(taken) === looseTextKey(text)) throw new Error(`${text} is taken`);
    }
    this.texts.set(id, text);
  }
}

function planFor(
  reasons: readonly Reason[],
  desired: readonly Partial<DesiredReason>[],
  deleteOthers: boolean,
) {
  const records = new Map(
    reasons.map(({ id, text }) => [
      id,
      { accountId: "1", id, text, state: "AWAY", enabled: true, deleted: false, attributes: {} } as const,
    ]),
  );
  const wanted = desired.map(({ id, text = "" }) => ({ id, text, state: "AWAY", enabled: true }) as const);
  const items = planItems(
    { reasons: wanted, deleteOthers, confirmDeleteAll: true, dryRun: false },
    { records, errorOf: () => undefined },
  );
  const texts = [...reasons, ...wanted].map(({ text }) => looseTextKey(text));
  return { items, ...orderWrites(items, (text) => texts.includes(looseTextKey(text))) };
}

/** Runs the writes of a plan; a text that is taken too early throws. */
function run(reasons: readonly Reason[], desired: readonly Partial<DesiredReason>[], deleteOthers = false) {
  const account = new StrictAccount(reasons);
  const { items, steps } = planFor(reasons, desired, deleteOthers);
  for (const step of steps) {
    if (step.kind === "create") {
      for (const { desired: reason } of step.items) account.create(reason?.text ?? "");
      continue;
    }
    const id = step.item.before?.id ?? "";
    if (step.kind === "delete") account.texts.delete(id);
    else account.rename(id, step.kind === "park" ? step.text : (step.item.desired?.text ?? ""));
  }
  return { account, items, steps, kinds: steps.map(({ kind }) => kind) };
}

const named = (texts: string) => Array.from(texts).map((text, index) => ({ id: String(index + 1), text }));

describe("the order of a plan's writes", () => {
  it.each([
    { name: "nothing to do", from: "ab", to: "ab", kinds: [] },
    { name: "a rename", from: "ab", to: "ac", kinds: ["update"] },
    { name: "a chain, whose end comes first", from: "abc", to: "bcd", kinds: ["update", "update", "update"] },
    { name: "a swap", from: "ab", to: "ba", kinds: ["park", "update", "update"] },
    { name: "a circle", from: "abc", to: "bca", kinds: ["park", "update", "update", "update"] },
    {
      name: "two circles",
      from: "abcd",
      to: "badc",
      kinds: ["park", "park", "update", "update", "update", "update"],
    },
  ])("$name: $from to $to", ({ from, to, kinds }) => {
    const { account, kinds: actual } = run(named(from), named(to));
    expect([...account.texts.values()].join("")).toBe(to);
    expect([...actual].sort()).toEqual(kinds);
  });

  it("creates all new reasons in one call, when their texts are free, and deletes others last", () => {
    const reasons = named("abc");
    const desired = [{ id: "1", text: "d" }, { text: "a" }, { text: "e" }];
    const { account, kinds } = run(reasons, desired, true);
    expect(kinds).toEqual(["update", "create", "delete", "delete"]);
    expect([...account.texts.values()].sort()).toEqual(["a", "d", "e"]);
  });

  it("deletes first what has a text that is needed", () => {
    expect(run(named("ab"), [{ id: "1", text: "b" }], true).kinds).toEqual(["delete", "update"]);
  });

  it("changes the case of a text without a temporary one", () => {
    const { account, kinds } = run(named("ab"), [{ text: "A" }, { text: "b" }]);
    expect(kinds).toEqual(["update"]);
    expect(account.texts.get("1")).toBe("A");
  });

  it.each(["b", "B"])(
    "refuses a text that a reason keeps which is to stay, or that looks like it: %s",
    (text) => {
      expect(() => run(named("ab"), [{ id: "1", text }])).toThrow(
        "reasons.0.text is the text of reason 2, which is to stay",
      );
    },
  );

  it("leaves reasons alone that look alike already, but gives none the other's text", () => {
    const alike = named("aA");
    expect(planFor(alike, [{ id: "1", text: "a" }], false).items).toMatchObject([{ action: "KEEP" }]);
    expect(() => planFor(alike, [{ id: "1", text: "A" }], false)).toThrow("the text of reason 2");
  });

  const texts = ["a", "B", "b", "c", "d", "e", "É", "é", "f"];
  const distinct = <T>(arbitrary: fc.Arbitrary<T>, textOf: (value: T) => string) =>
    fc.uniqueArray(arbitrary, { selector: (value) => looseTextKey(textOf(value)), maxLength: 6 });

  it("is right for any reasons and any desired state, with a temporary text for each circle", () => {
    fc.assert(
      fc.property(
        distinct(fc.constantFrom(...texts), (text) => text),
        distinct(fc.record({ from: fc.nat(8), text: fc.constantFrom(...texts) }), ({ text }) => text),
        fc.boolean(),
        (present, wanted, deleteOthers) => {
          const reasons = present.map((text, index) => ({ id: String(index + 1), text }));
          const taken = new Set<string>();
          const desired = wanted.map(({ from, text }): Partial<DesiredReason> & { readonly text: string } => {
            const id = reasons[from]?.id;
            if (id === undefined || taken.has(id)) return { text };
            taken.add(id);
            return { id, text };
          });
          const keys = desired.map(({ text }) => looseTextKey(text));
          // Without an id, a desired reason is the one that looks like it.
          const byText = desired.filter(({ id }) => id === undefined).map(({ text }) => looseTextKey(text));
          const isDesired = ({ id, text }: Reason) => taken.has(id) || byText.includes(looseTextKey(text));
          const kept = deleteOthers ? [] : reasons.filter((reason) => !isDesired(reason));
          if (kept.some(({ text }) => keys.includes(looseTextKey(text)))) {
            expect(() => run(reasons, desired, deleteOthers)).toThrow(BatchInputError);
            return;
          }
          const { account, items, steps } = run(reasons, desired, deleteOthers);
          expect([...account.texts.values()].sort()).toEqual(
            [...desired, ...kept].map(({ text }) => text).sort(),
          );
          for (const { id, text } of desired)
            if (typeof id === "string") expect(account.texts.get(id)).toBe(text);
          expect(steps.filter(({ kind }) => kind === "park")).toHaveLength(circlesOf(items));
          expect(steps.filter(({ kind }) => kind === "create").length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  /** How many circles of renames there are, found plainly: follow each reason's new text to its holder. */
  function circlesOf(items: ReturnType<typeof planFor>["items"]): number {
    const renames = items.flatMap(({ before, desired }) =>
      before && desired && looseTextKey(before.text) !== looseTextKey(newReasonOf(desired).text)
        ? [{ from: looseTextKey(before.text), to: looseTextKey(desired.text) }]
        : [],
    );
    const circles = new Set<string>();
    for (const start of renames) {
      const visited = [start.from];
      let next = start.to;
      for (let hop = renames.find(({ from }) => from === next); hop !== undefined && next !== start.from;) {
        visited.push(next);
        next = hop.to;
        hop = renames.find(({ from }) => from === next);
      }
      if (next === start.from) circles.add([...visited].sort().join(" "));
    }
    return circles.size;
  }
});

describe("a temporary text", () => {
  const parked = (reasons: readonly Reason[]) => {
    const [step] = planFor(
      reasons,
      [
        { id: "1", text: "b" },
        { id: "2", text: "a" },
      ],
      false,
    ).steps;
    return step?.kind === "park" ? { id: step.item.before?.id ?? "", text: step.text } : undefined;
  };

  it("is a valid text, and is known again", () => {
    const { id, text } = parked(named("ab")) ?? { id: "", text: "" };
    expect(reasonTextRules.filter(({ isMet }) => !isMet(text))).toEqual([]);
    expect(hasTemporaryText({ id, text })).toBe(true);
    expect(hasTemporaryText({ id: "9", text })).toBe(false);
    expect(hasTemporaryText({ id, text: "Lunch" })).toBe(false);
  });

  it("is another one where a reason has it", () => {
    const { text = "" } = parked(named("ab")) ?? {};
    const other = parked([...named("ab"), { id: "3", text }]);
    expect(other?.text).toBe(`${text} 2`);
    expect(other && hasTemporaryText(other)).toBe(true);
  });
});
