/** A load of a batch that has started. Loaders return it as a value, because a batch function settles all keys at once. */
export interface StartedLoad<T> {
  readonly result: Promise<T>;
}

/**
 * Makes the results of a batch settle together, so that the loads that follow from them are one batch again. An error
 * settles at once: a response that becomes null as a whole has nothing to wait for.
 */
export function startedTogether<T>(loads: readonly Promise<T>[]): StartedLoad<T>[] {
  if (loads.length === 1) return loads.map((result) => ({ result }));
  const all = Promise.allSettled(loads);
  return loads.map((load) => ({ result: load.then((value) => all.then(() => value)) }));
}
