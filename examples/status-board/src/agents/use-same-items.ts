import { useState } from "react";

/** Returns the array of the render before if it has the same items, so that what depends on it is not rendered again. */
export function useSameItems<T>(items: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(items);
  if (kept.length === items.length && kept.every((item, index) => item === items[index])) return kept;
  setKept(items);
  return items;
}
