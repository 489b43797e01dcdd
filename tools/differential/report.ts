/** What a run of the differential test came to. */
export interface DifferentialReport {
  /** What differed, in its smallest form, and how to replay it; undefined where nothing did. */
  readonly difference: string | undefined;
  /** Operations that were asked for. */
  readonly operations: number;
  /** Those that the fast path answered the third time. */
  readonly fast: number;
  /** The same, by the fields of `Query` that they select. */
  readonly fastByField: Readonly<Record<string, number>>;
  /** Changed requests that the fast path answered. */
  readonly fastChanged: number;
  /** Answers with errors. */
  readonly withErrors: number;
  /** Requests that were refused before anything was executed. */
  readonly refused: number;
}

/** What is counted while it runs. */
export type Counts = {
  -readonly [Name in keyof Omit<DifferentialReport, "difference" | "fastByField">]: number;
} & { readonly fastByField: Record<string, number> };

export function noCounts(): Counts {
  return { operations: 0, fast: 0, fastByField: {}, fastChanged: 0, withErrors: 0, refused: 0 };
}

/** What several runs came to together: the first difference, and the sums. */
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
