import { textKey } from "../../upstream/api/index.js";
import { AgentState } from "../shared.types.js";
import { all, rule } from "../validation/index.js";

/** The most characters a text may have, after trimming; from the Status Reason API's documentation. */
const maxTextLength = 100;

/** The most characters with what is trimmed off: a longer text is looked at no further. */
const maxUntrimmedLength = 1000;

/** The states a reason can be for. */
export const reasonStates = [
  AgentState.ONLINE,
  AgentState.OCCUPIED,
  AgentState.AWAY,
  AgentState.BACK_SOON,
] as const;

export type ReasonState = (typeof reasonStates)[number];

/**
 * The text of a reason, as far as it can be checked here: the upstream's whitelist of characters is its
 * own, and what it refuses comes back as its own 400.
 */
export function IsReasonText(): PropertyDecorator {
  return all(
    rule("isNotBlank", "must not be blank", (text) => isTooLong(text) || trimmed(text) !== ""),
    rule("maxLength", `must have at most ${maxTextLength} characters`, (text) => !isTooLong(text)),
    rule(
      "noControlCharacters",
      "must hold no control characters",
      (text) => isTooLong(text) || !/[\p{Cc}\p{Cs}]/u.test(trimmed(text)),
    ),
    rule("noMarkup", "must hold neither < nor >", (text) => isTooLong(text) || !/[<>]/.test(trimmed(text))),
  );
}

/** What a reason's text has to contain: no text is nearly as long. */
export function IsSearchText(): PropertyDecorator {
  return rule(
    "maxLength",
    `must have at most ${maxUntrimmedLength} characters`,
    (text) => (text as string).length <= maxUntrimmedLength,
  );
}

/** No two items have the same text: the upstream would refuse them all. */
export function HasUniqueTexts(): PropertyDecorator {
  return rule(
    "uniqueTexts",
    (items) => `must have different texts: items ${duplicates(items).join(" and ")} have the same`,
    // To compare texts they are normalised, at a cost that grows with the square of their length.
    (items) =>
      (items as { text: string }[]).some(({ text }) => isTooLong(text)) || duplicates(items).length === 0,
  );
}

/** An update must give something to change. */
export function ChangesSomething(): PropertyDecorator {
  return rule("changesSomething", "must give at least one field to change", (input) =>
    Object.values(input as object).some((value) => value !== undefined && value !== null),
  );
}

/** The indices of the first items that share a text; none where all differ. */
function duplicates(items: unknown): number[] {
  const indices = new Map<string, number>();
  for (const [index, { text }] of (items as { text: string }[]).entries()) {
    const first = indices.get(textKey(text));
    if (first !== undefined) return [first, index];
    indices.set(textKey(text), index);
  }
  return [];
}

function isTooLong(text: unknown): boolean {
  return (text as string).length > maxUntrimmedLength || Array.from(trimmed(text)).length > maxTextLength;
}

function trimmed(text: unknown): string {
  return (text as string).trim();
}
