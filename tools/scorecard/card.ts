/** The result of a measurement. */
export interface Finding {
  readonly passed: boolean;
  /** The result in a few words. */
  readonly result: string;
}

/** A measurement. */
export interface Measurement {
  readonly title: string;
  /** How to reproduce it. */
  readonly how: string;
  readonly measure: () => Promise<Finding>;
}

/** Measurements that belong together. */
export interface Subject {
  /** Its name for `--only`. */
  readonly name: string;
  readonly measurements: readonly Measurement[];
}

/** One line of the card. */
export interface Line {
  readonly title: string;
  readonly how: string;
  readonly verdict: "passed" | "failed" | "not measured";
  readonly result: string;
}

/** Runs a measurement. If it throws, its line says that it could not be measured. */
export async function takeLine({ title, how, measure }: Measurement): Promise<Line> {
  try {
    const { passed, result } = await measure();
    return { title, how, verdict: passed ? "passed" : "failed", result };
  } catch (error) {
    return { title, how, verdict: "not measured", result: reasonOf(error) };
  }
}

/** The exit code: 0 if there are lines and all passed. */
export function exitCodeOf(lines: readonly Line[]): 0 | 1 {
  return lines.length > 0 && lines.every(({ verdict }) => verdict === "passed") ? 0 : 1;
}

/** A line as it is printed while the card is made. */
export function printedLine({ verdict, title, result }: Line, tookMs: number): string {
  return `${verdict.padEnd(12)}  ${title}: ${result} (${(tookMs / 1000).toFixed(1)} s)`;
}

/** The card as a Markdown document, not yet formatted. */
export function renderCard(lines: readonly Line[], facts: Readonly<Record<string, string>>): string {
  const passed = lines.filter(({ verdict }) => verdict === "passed").length;
  return [
    "# Scorecard",
    "Written by `npm run tool -- scorecard`, which measured every line; it is not edited by hand.",
    Object.entries(facts)
      .map(([name, fact]) => `- ${name}: ${fact}`)
      .join("\n"),
    `${passed} of ${lines.length} lines passed.`,
    [
      row(["subject", "verdict", "result", "measured by"]),
      row(["---", "---", "---", "---"]),
      ...lines.map(({ title, verdict, result, how }) => row([title, verdict, result, how])),
    ].join("\n"),
  ].join("\n\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s+/g, " ")).join(" | ")} |`;
}

function reasonOf(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return first;
}
