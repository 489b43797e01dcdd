import * as z from "zod";

import { isId } from "../../../lib/index.js";
import { maxBatchItems } from "../../../status-reasons/index.js";
import type { DesiredReason } from "../../../status-reasons/index.js";
import { AgentState, decodeAgentState, reasonStates } from "../../../upstream/api/index.js";
import type { StatusReasonRecord } from "../../../upstream/api/index.js";
import { fileFormats } from "../../reasons.arguments.js";
import type { FileFormat, SeparatorName } from "../../reasons.arguments.js";
import { readCsv, separators, writeCsv } from "./csv.js";
import { decodeText } from "./decode-text.js";
import { FileProblem } from "../../problem.js";
import { escapeControls } from "../../terminal.js";
import { SourceProblem } from "./source.js";
import type { FileIssue, Source, SourceItem } from "./source.js";
import { readJson, readYaml, writeJson, writeYaml } from "./yaml.js";

/** The format that a file's name says; undefined if it says none. */
export function formatOfName(name: string): FileFormat | undefined {
  const extension = /[.]([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  return fileFormats.find((format) => format === (extension === "yml" ? "yaml" : extension));
}

/** What a file says that an account's reasons are to be. */
export interface ReasonFile {
  readonly reasons: readonly DesiredReason[];
  /** The place in the file of a reason, or of one of its fields. */
  readonly placeOf: (index: number, field?: string) => string;
  /** Whether the bytes are no Unicode text and were read as Windows-1252. */
  readonly isWindows1252: boolean;
}

/**
 * Reads a file and checks its shape. The texts are checked when it is planned.
 *
 * @param name for the messages
 * @throws FileProblem with a line for each thing that is wrong
 */
export function readReasonFile(bytes: Buffer, format: FileFormat, name: string): ReasonFile {
  try {
    const { text, encoding } = decodeText(bytes);
    const isWindows1252 = encoding === "windows-1252";
    if (isWindows1252 && format !== "csv") throw new SourceProblem([{ message: "is not in UTF-8" }]);
    const { items } = readers[format](text);
    const placeOf = (index: number, field?: string): string => items[index]?.placeOf(field) ?? "1";
    return { reasons: checkItems(items), placeOf, isWindows1252 };
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    throw fileProblem(name, error.issues);
  }
}

/** The most lines that are printed about one file. */
const maxIssues = 20;

/** Says what is wrong with a file, in lines that begin with its name and the place. */
export function fileProblem(name: string, issues: readonly FileIssue[]): FileProblem {
  const lines = issues
    .slice(0, maxIssues)
    .map(({ place, message }) => `${name}:${place === undefined ? "" : `${place}:`} ${message}`);
  const more = issues.length - lines.length;
  const all = [...lines, ...(more > 0 ? [`${name}: and ${more} more`] : [])];
  return new FileProblem(all.map(escapeControls).join("\n"));
}

export interface WriteOptions {
  readonly format: FileFormat;
  /** Whether to write the ids, which only the account that they are from has. */
  readonly withIds: boolean;
  /** Of CSV. */
  readonly separator: SeparatorName;
}

/** Writes reasons so that {@link readReasonFile} reads the same. */
export function writeReasonFile(
  reasons: readonly StatusReasonRecord[],
  { format, withIds, separator }: WriteOptions,
): string {
  const items = reasons.map(({ id, text, state, enabled }) => ({
    ...(withIds && { id }),
    text,
    state,
    enabled,
  }));
  if (format === "json") return writeJson(items);
  if (format === "yaml") return writeYaml(items);
  return writeCsv([...(withIds ? ["id"] : []), "text", "state", "enabled"], items, separators[separator]);
}

const readers: Readonly<Record<FileFormat, (text: string) => Source>> = {
  json: readJson,
  yaml: readYaml,
  csv: readCsv,
};

/** The last ones are those of spreadsheets in German, French, Spanish, Italian, Portuguese and Dutch. */
const truths: ReadonlyMap<string, boolean> = new Map([
  ..."true yes 1 wahr vrai verdadero vero verdadeiro waar".split(" ").map((word) => [word, true] as const),
  ..."false no 0 falsch faux falso onwaar".split(" ").map((word) => [word, false] as const),
]);

/** Whether a reason that was written to a file can be read from it: not if its state is unknown here. */
export function isWritable({ state }: Pick<StatusReasonRecord, "state">): boolean {
  return reasonStates.some((known) => known === state);
}

const idRule = "must be a positive 64-bit integer, digit for digit: spreadsheets round long ones";
const stateRule = `must be one of ${reasonStates.join(", ")}`;
const enabledRule = "must be true or false";

/** One reason in a file of any format: CSV has texts only. What is left out has the value that new reasons have. */
const fields = z.strictObject(
  {
    id: z.union([z.string(), z.bigint()], idRule).transform(String).refine(isId, idRule).optional(),
    text: z.string({
      error: ({ input }) => (input === undefined ? "is missing" : "must be a text: put it into quotes"),
    }),
    state: z
      .string(stateRule)
      .transform(decodeAgentState)
      .pipe(z.enum(reasonStates, stateRule))
      .default(AgentState.AWAY),
    enabled: z
      .union([z.boolean(), z.bigint(), z.string()], enabledRule)
      .transform((word) => truths.get(String(word).trim().toLowerCase()))
      .pipe(z.boolean(enabledRule))
      .default(true),
  },
  "must be an object with a text, and perhaps a state, enabled and an id",
);

/** @throws SourceProblem */
function checkItems(items: readonly SourceItem[]): DesiredReason[] {
  const tooMany = items[maxBatchItems];
  if (tooMany !== undefined) {
    const message = `has ${items.length} reasons: at most ${maxBatchItems} are possible`;
    throw new SourceProblem([{ place: tooMany.placeOf(), message }]);
  }
  const checked = items.map((item) => ({ item, ...fields.safeParse(item.value) }));
  const reasons = checked.flatMap(({ data }) => data ?? []);
  const issues = checked.flatMap(
    ({ item, error }) => error?.issues.flatMap((issue) => issuesOf(issue, item)) ?? [],
  );
  if (issues.length > 0) throw new SourceProblem(issues);
  return reasons;
}

function issuesOf(issue: z.core.$ZodIssue, { placeOf }: SourceItem): FileIssue[] {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(fields.shape).join(", ");
    return issue.keys.map((key) => ({
      place: placeOf(key),
      message: `${JSON.stringify(key)} is not a field of a reason; those are ${known}`,
    }));
  }
  const [field] = issue.path.map(String);
  return [
    { place: placeOf(field), message: field === undefined ? issue.message : `${field} ${issue.message}` },
  ];
}
