import { distance } from "fastest-levenshtein";

/** From this length on two edits count as near; shorter names resemble too many others. */
const longName = 8;

/** Other programs read more names of this form, such as `all_proxy`. */
const proxyName = /^[a-z]+_proxy$/i;

/**
 * Finds variables that are not read, but whose names are nearly those of settings: most likely mistakes.
 *
 * @param names of the variables that are set
 * @param known the names of all settings
 * @returns one line for each, without its value
 */
export function nearMisses(names: readonly string[], known: readonly string[]): string[] {
  return names
    .filter((name) => !known.includes(name) && !proxyName.test(name))
    .flatMap((name) => {
      const meant = known.find((other) => isNear(name.toUpperCase().replaceAll("-", "_"), other));
      return meant === undefined ? [] : [`${name} is not read; is ${meant} meant?`];
    });
}

function isNear(name: string, known: string): boolean {
  const bound = known.length < longName ? 1 : 2;
  return Math.abs(name.length - known.length) <= bound && distance(name, known) <= bound;
}
