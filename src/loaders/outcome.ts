/** A batch function answers with a value or an Error for each key: a rejection becomes that Error. */
export async function outcomeOf<T>(work: Promise<T>): Promise<T | Error> {
  try {
    return await work;
  } catch (error) {
    return error instanceof Error ? error : new Error("rejected with no Error", { cause: error });
  }
}
