/**
 * Swap-removes `item`: O(1) once it is found, order not kept. For items that come and go with every request: an array,
 * because the old tables of a Set or a Map with such churn linger in V8's old generation (docs/performance.md).
 */
export function swapRemove<T>(items: T[], item: T): void {
  const index = items.indexOf(item);
  const last = index < 0 ? undefined : items.pop();
  if (last !== undefined && last !== item) items[index] = last;
}

/** Calls `work` for all items, at most `limit` at a time. `work` must not reject. */
export function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<unknown> {
  const [first] = items;
  if (first !== undefined && items.length === 1) return work(first);
  const queue = items.values();
  // All workers share one iterator, so that no item is taken twice.
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  return Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
