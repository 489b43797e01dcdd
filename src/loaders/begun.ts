/** A load of a batch that is under way: loaders answer with it, because they answer for all of a batch at once. */
export interface Begun<T> {
  readonly outcome: Promise<T>;
}

/**
 * The values of a batch come together, so that what is loaded for them next is one batch again. An error comes as
 * soon as it is known: an answer that it makes null as a whole has nothing to wait for.
 */
export function begunTogether<T>(works: readonly Promise<T>[]): Begun<T>[] {
  if (works.length === 1) return works.map((outcome) => ({ outcome }));
  const all = Promise.allSettled(works);
  return works.map((work) => ({ outcome: work.then((value) => all.then(() => value)) }));
}
