/**
 * Takes an item out of those that come and go all the time, whose order does not matter. Not a Set or a Map: their
 * old tables lead to the next ones, so that V8 moves to the old generation, and keeps there until the next full
 * garbage collection, most of what was ever in them: 9 of 84 µs of a query for one reason.
 */
export function takeOut<T>(items: T[], item: T): void {
  const index = items.indexOf(item);
  const last = index < 0 ? undefined : items.pop();
  if (last !== undefined && last !== item) items[index] = last;
}
