/** A batch function answers with a value or an Error for each key: a rejection becomes that Error. */
export function outcomeOf<T>(work: Promise<T>): Promise<T | Error> {
  return work.catch(errorOf);
}

/** What a rejection becomes there. */
export function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("rejected with no Error", { cause: reason });
}
