/** Works on all items, at most `limit` at a time. `work` must not throw. */
export function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<unknown> {
  const [first] = items;
  if (first !== undefined && items.length === 1) return work(first);
  const queue = items.values();
  // Every worker takes from the same iterator, so that no item is taken twice.
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  return Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
