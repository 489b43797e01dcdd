import { isNativeError } from "node:util/types";

import { errors } from "undici";

/** What is wrong with an answer: it is no HTTP, or its `Content-Encoding` cannot be undone. */
type BrokenPart = "BROKEN_HTTP" | "BROKEN_CONTENT_ENCODING";

/** An answer that cannot be read. Its message holds no byte of the answer. */
export class BrokenAnswerError extends Error {
  override readonly name = "BrokenAnswerError";

  constructor(
    readonly code: BrokenPart,
    message: string,
  ) {
    super(message);
  }
}

/**
 * undici's parser errors are recognised by their class: they have no code, and hold the bytes that were not
 * understood, which must not get any further. The same holds for the status lines that undici refuses.
 *
 * @returns what is wrong with the answer; undefined where the error is about something else
 */
export function brokenHttp(error: unknown): BrokenAnswerError | undefined {
  if (error instanceof errors.HTTPParserError) return new BrokenAnswerError("BROKEN_HTTP", error.message);
  if (error instanceof errors.SocketError && refusedStatus.test(error.message)) {
    return new BrokenAnswerError("BROKEN_HTTP", "an interim response that was not asked for");
  }
  if (isNativeError(error) && "code" in error && error.code === "ERR_ASSERTION") {
    return new BrokenAnswerError("BROKEN_HTTP", "a status line that is none");
  }
  return undefined;
}

/** 101 Switching Protocols, and 100 Continue where it comes in pieces. */
const refusedStatus = /^bad (?:response|upgrade)$/;
