import type { GraphQLFormattedError } from "graphql";

import type { ErrorCode } from "./error-codes.js";

/** The most errors of a response. */
export const maxErrors = 1000;

/** Their most characters of JSON in total: paths contain aliases that callers choose. */
const maxErrorsLength = 512 * 1024;

/** The errors of a response; of too many, the first ones and an error that tells how many are omitted. */
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
    message: `There are ${omitted.length} more errors, which are omitted.`,
    extensions: { code, retryable },
  };
}

/** A response that is longer than the gateway sends. */
export class ResponseTooLargeError extends Error {
  override readonly name = "ResponseTooLargeError";

  /** @param maxBytes the most bytes of a response */
  constructor(maxBytes: number) {
    super(`The response would have more than ${maxBytes} bytes: request less at a time.`);
  }
}
