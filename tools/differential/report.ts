/** The report of a run of the differential test. */
export interface DifferentialReport {
  /** The smallest request whose responses differ, and how to replay it; undefined if none differ. */
  readonly difference: string | undefined;
  /** The number of operations. */
  readonly operations: number;
  /** Operations that the fast path handled at the third request. */
  readonly fast: number;
  /** The same, by the fields of `Query` that they select. */
  readonly fastByField: Readonly<Record<string, number>>;
  /** Changed requests that the fast path handled. */
  readonly fastChanged: number;
  /** Responses with errors. */
  readonly withErrors: number;
  /** Requests that were refused before execution. */
  readonly refused: number;
}

/** The counters of a run. */
export type Counts = {
  -readonly [Name in keyof Omit<DifferentialReport, "difference" | "fastByField">]: number;
} & { readonly fastByField: Record<string, number> };

export function noCounts(): Counts {
  return { operations: 0, fast: 0, fastByField: {}, fastChanged: 0, withErrors: 0, refused: 0 };
}

/** Merges the reports of several runs: the first difference, and the sums. */
export function sumOf(reports: readonly DifferentialReport[]): DifferentialReport {
  const sum = noCounts();
  for (const report of reports) {
    for (const name of ["operations", "fast", "fastChanged", "withErrors", "refused"] as const) {
      sum[name] += report[name];
    }
    for (const [field, fast] of Object.entries(report.fastByField)) countFast(sum, field, fast);
  }
  return { ...sum, difference: reports.find(({ difference }) => difference !== undefined)?.difference };
}

export function countFast({ fastByField }: Counts, field: string, fast = 1): void {
  fastByField[field] = (fastByField[field] ?? 0) + fast;
}
