/** An answer that is longer than the gateway sends. */
export class AnswerTooLargeError extends Error {
  override readonly name = "AnswerTooLargeError";

  /** @param maxBytes how long it may be */
  constructor(maxBytes: number) {
    super(`The answer would have more than ${maxBytes} bytes: ask for less at a time.`);
  }
}
