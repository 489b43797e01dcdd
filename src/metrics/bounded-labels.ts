/** What every value past the bound is called. */
const otherLabel = "other";

/**
 * Keeps the values of a label few, whatever callers send: each distinct value of a label is a time series
 * for as long as the process lives.
 *
 * @param bound how many distinct values there may be besides {@link otherLabel}
 */
export function boundedLabels(bound: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (!known.has(value)) {
      if (known.size >= bound) return otherLabel;
      known.add(value);
    }
    return value;
  };
}
