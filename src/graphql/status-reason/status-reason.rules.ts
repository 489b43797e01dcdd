import { reasonStates, textKey } from "../../upstream/api/index.js";
import { isTooLong, maxUntrimmedLength, reasonTextRules } from "../../status-reasons/index.js";
import { all, rule } from "../validation/index.js";

export { reasonStates };

export type ReasonState = (typeof reasonStates)[number];

/** The text of a reason. */
export function IsReasonText(): PropertyDecorator {
  return all(
    ...reasonTextRules.map(({ constraint, message, isMet }) =>
      rule(constraint, message, (text) => isMet(text as string)),
    ),
  );
}

/** The part of a text that a filter searches for. */
export function IsSearchText(): PropertyDecorator {
  return rule(
    "maxLength",
    `must have at most ${maxUntrimmedLength} characters`,
    (text) => (text as string).length <= maxUntrimmedLength,
  );
}

/** The items have different texts: otherwise the upstream refuses them all. */
export function HasUniqueTexts(): PropertyDecorator {
  return rule(
    "uniqueTexts",
    (items) => `must have different texts: items ${duplicates(items).join(" and ")} have the same`,
    // Texts are normalised to be compared, in time quadratic in their length, so long ones are left to IsReasonText.
    (items) =>
      (items as { text: string }[]).some(({ text }) => isTooLong(text)) || duplicates(items).length === 0,
  );
}

/** At least one field of an update is given. */
export function ChangesSomething(): PropertyDecorator {
  return rule("changesSomething", "must give at least one field to change", (input) =>
    changesSomething(input),
  );
}

/** At least one field of each of several updates is given. */
export function AllChangeSomething(): PropertyDecorator {
  const firstOf = (items: unknown) => (items as object[]).findIndex((item) => !changesSomething(item));
  return rule(
    "changesSomething",
    (items) => `must give at least one field to change: item ${firstOf(items)} gives none`,
    (items) => firstOf(items) === -1,
  );
}

function changesSomething(input: unknown): boolean {
  return Object.entries(input as object).some(
    ([name, value]) => name !== "id" && value !== undefined && value !== null,
  );
}

/** The indices of the first two items with the same text; empty if all differ. */
function duplicates(items: unknown): number[] {
  const indices = new Map<string, number>();
  for (const [index, { text }] of (items as { text: string }[]).entries()) {
    const first = indices.get(textKey(text));
    if (first !== undefined) return [first, index];
    indices.set(textKey(text), index);
  }
  return [];
}
