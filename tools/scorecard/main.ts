/**
 * Measures what the project promises, prints each line as it is measured, and writes `docs/scorecard.md`:
 * `npm run tool -- scorecard`. With `--only composers,batching` it measures only these, and writes nothing.
 * Exits with 1 if a line did not pass or could not be measured.
 */
import "reflect-metadata";

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { format, resolveConfig } from "prettier";

import { exitCodeOf, printedLine, renderCard, takeLine } from "./card.js";
import type { Line, Subject } from "./card.js";
import { describeRun } from "./machine.js";
import { subjects } from "./subjects/subjects.js";

const path = "docs/scorecard.md";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const lines =
  values.only === undefined ? await writeCard() : await measureAll(choose(values.only.split(",")));
process.exitCode = exitCodeOf(lines);

async function writeCard(): Promise<Line[]> {
  const facts = await describeRun(new Date());
  const taken = await measureAll(subjects);
  const options = await resolveConfig(path);
  await writeFile(path, await format(renderCard(taken, facts), { ...options, filepath: path }));
  return taken;
}

function choose(names: readonly string[]): Subject[] {
  const unknown = names.filter((name) => subjects.every((subject) => subject.name !== name));
  if (unknown.length > 0) {
    const known = subjects.map(({ name }) => name).join(", ");
    process.stderr.write(`no subject is called ${unknown.join(" or ")}: there are ${known}\n`);
    process.exit(1);
  }
  return subjects.filter(({ name }) => names.includes(name));
}

/** Runs the measurements one after the other, so that none slows down another. */
async function measureAll(chosen: readonly Subject[]): Promise<Line[]> {
  const taken: Line[] = [];
  for (const measurement of chosen.flatMap(({ measurements }) => measurements)) {
    const startMs = performance.now();
    const line = await takeLine(measurement);
    process.stdout.write(`${printedLine(line, performance.now() - startMs)}\n`);
    taken.push(line);
  }
  return taken;
}
