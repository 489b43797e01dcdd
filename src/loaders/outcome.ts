/** What a rejection becomes where an Error stands for it. */
export function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("rejected with no Error", { cause: reason });
}
