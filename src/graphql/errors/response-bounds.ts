import type { GraphQLFormattedError } from "graphql";

import type { ErrorCode } from "./error-codes.js";

/** How many errors an answer shows. */
export const maxErrors = 1000;

/** How long they may be together, in characters of JSON: paths hold names that callers choose. */
const maxErrorsLength = 512 * 1024;

/** The errors of an answer; of too many the first, and one more that says how many are left out. */
export function boundedErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  let length = 0;
  let shown = 0;
  while (shown < errors.length && shown < maxErrors) {
    length += JSON.stringify(errors[shown]).length;
    if (length > maxErrorsLength && shown > 0) break;
    shown += 1;
  }
  const omitted = errors.slice(shown);
  return omitted.length === 0 ? errors : [...errors.slice(0, shown), summaryOf(omitted)];
}

function summaryOf(omitted: readonly GraphQLFormattedError[]): GraphQLFormattedError {
  const code: ErrorCode = "TOO_MANY_ERRORS";
  const retryable = omitted.every(({ extensions }) => extensions?.["retryable"] === true);
  return {
    message: `There are ${omitted.length} more errors, which are left out.`,
    extensions: { code, retryable },
  };
}

/** An answer that is longer than the gateway sends. */
export class AnswerTooLargeError extends Error {
  override readonly name = "AnswerTooLargeError";

  /** @param maxBytes how long it may be */
  constructor(maxBytes: number) {
    super(`The answer would have more than ${maxBytes} bytes: ask for less at a time.`);
  }
}
