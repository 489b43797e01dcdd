import { maxReasonTextLength, textKey } from "../upstream/api/index.js";
import type { StatusReasonRecord } from "../upstream/api/index.js";

/** The most characters before trimming: a longer text is not checked any further. */
export const maxUntrimmedLength = 1000;

/** A rule of texts that can be checked before anything is sent. */
interface TextRule {
  readonly constraint: string;
  /** A sentence whose subject is the text. */
  readonly message: string;
  readonly isMet: (text: string) => boolean;
}

/**
 * The rules of a reason's text. The upstream has its own allowlist of characters, which is not documented; a text that it
 * refuses is its 400.
 */
export const reasonTextRules: readonly TextRule[] = [
  {
    constraint: "isNotBlank",
    message: "must not be blank",
    isMet: (text) => isTooLong(text) || text.trim() !== "",
  },
  {
    constraint: "maxLength",
    message: `must have at most ${maxReasonTextLength} characters`,
    isMet: (text) => !isTooLong(text),
  },
  {
    constraint: "noControlCharacters",
    message: "must hold no control characters",
    isMet: (text) => isTooLong(text) || !/[\p{Cc}\p{Cs}]/u.test(text.trim()),
  },
  {
    constraint: "noMarkup",
    message: "must hold neither < nor >",
    isMet: (text) => isTooLong(text) || !/[<>]/.test(text.trim()),
  },
];

/** Whether a text is so long that it is neither compared nor checked: to normalise it takes time quadratic in its length. */
export function isTooLong(text: string): boolean {
  return text.length > maxUntrimmedLength || Array.from(text.trim()).length > maxReasonTextLength;
}

/** Equal for texts that look alike: the upstream may take them for one. They differ by case, spaces or Unicode form only. */
export function looseTextKey(text: string): string {
  return textKey(text).normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** The text of a reason that is being renamed and whose new text is not free yet. */
export function temporaryText(id: string, isTaken: (text: string) => boolean): string {
  const text = `Being renamed (${id})`;
  if (!isTaken(text)) return text;
  for (let number = 2; ; number += 1) {
    const numbered = `${text} ${number}`;
    if (!isTaken(numbered)) return numbered;
  }
}

/** Whether a reason has a {@link temporaryText}: it was left behind by a run that was interrupted. */
export function hasTemporaryText({ id, text }: Pick<StatusReasonRecord, "id" | "text">): boolean {
  return /^Being renamed \((\d+)\)(?: \d+)?$/.exec(text)?.[1] === id;
}
