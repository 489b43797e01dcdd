import { CsvError, parse } from "csv-parse/sync";

import type { SeparatorName } from "../../reasons.arguments.js";
import { SourceProblem } from "./source.js";
import type { Source, SourceItem } from "./source.js";

/** What separates the cells of a row. */
export const separators: Readonly<Record<SeparatorName, string>> = { comma: ",", semicolon: ";", tab: "\t" };

/** A row with a header's or a reason's cells. */
interface Row {
  readonly cells: readonly string[];
  /** Its first line, counted from 1. */
  readonly line: number;
}

/**
 * A spreadsheet takes a cell that begins with one of these for a formula and runs it; some skip spaces first, and some take
 * the full-width forms for the same.
 */
const formula = /^'*\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const guardedFormula = new RegExp(formula.source.replace("'*", "'+"));

/** An integer with more digits is rounded by spreadsheets. */
const maxSpreadsheetDigits = 15;
const guardedId = /^'\d+$/;

const lineBreak = /\r\n|\r|\n/g;

/**
 * Reads CSV. The first row names the columns, in any order and case. The separator is a comma, a semicolon or a tab:
 * the one by which the first row has a column `text`. Empty cells are fields that are left out; empty rows are ignored.
 *
 * @throws SourceProblem
 */
export function readCsv(text: string): Source {
  const marked = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const separator = marked ?? separatorOf(text);
  const [header, ...rows] = rowsOf(text, separator).slice(marked === undefined ? 0 : 1);
  if (header === undefined)
    throw new SourceProblem([{ message: "is empty: the first line must name the columns" }]);
  const columns = header.cells.map((name) => name.trim().toLowerCase());
  checkColumns(columns, header);
  return { items: rows.map((row) => itemOf(row, columns)) };
}

/**
 * Writes CSV that spreadsheets open as it is meant: in UTF-8 with a byte order mark; a text that they would take for a
 * formula, and an id that they would round, has an apostrophe in front, which {@link readCsv} takes away.
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | boolean>>[],
  separator: string,
): string {
  const lines = rows.map((row) => columns.map((column) => quote(guard(column, row[column] ?? ""))));
  return `\uFEFF${[columns, ...lines].map((cells) => `${cells.join(separator)}\r\n`).join("")}`;
}

function guard(column: string, value: string | boolean): string {
  const text = String(value);
  const isGuarded = column === "id" ? text.length > maxSpreadsheetDigits : formula.test(text);
  return isGuarded ? `'${text}` : text;
}

function unguard(column: string, text: string): string {
  return (column === "id" ? guardedId : guardedFormula).test(text) ? text.slice(1) : text;
}

function quote(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

function separatorOf(text: string): string {
  const [first = ""] = text.trimStart().split(lineBreak, 1);
  const names = (separator: string) =>
    first.split(separator).map((name) => name.replaceAll('"', "").trim().toLowerCase());
  return Object.values(separators).find((separator) => names(separator).includes("text")) ?? ",";
}

/** @throws SourceProblem where quotes are not closed or stand within a cell */
function rowsOf(text: string, delimiter: string): Row[] {
  const bytes = Buffer.from(text);
  const rows: Row[] = [];
  const lines = lineCounter(bytes);
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes: end }) => {
        if (cells.some((cell) => cell.trim() !== "")) rows.push({ cells, line: lines.next(end) });
        else lines.next(end);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SourceProblem([{ place: String(lines.next()), message: explain(error) }]);
  }
  return rows;
}

/** Counts lines; the parser's own count takes a line break within quotes for two where it is CR LF. */
function lineCounter(bytes: Buffer) {
  let [offset, line] = [0, 1];
  return {
    /** @returns the line that the row begins at, and goes on to its end */
    next(end = bytes.length): number {
      const row = bytes.subarray(offset, end).toString("latin1");
      const blank = /^[\r\n]*/.exec(row)?.[0] ?? "";
      const begins = line + breaksIn(blank);
      // The parser may stop between CR and LF.
      const length = row.endsWith("\r") && bytes[end] === 0x0a ? row.length - 1 : row.length;
      line = begins + breaksIn(row.slice(blank.length, length));
      offset += length;
      return begins;
    },
  };
}

function breaksIn(text: string): number {
  return text.match(lineBreak)?.length ?? 0;
}

function explain({ code }: CsvError): string {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? "a quote is opened and never closed"
    : 'a quote stands within a cell: put the whole cell into quotes, and double each quote in it ("5"" disk")';
}

function checkColumns(columns: readonly string[], { line }: Row): void {
  const place = String(line);
  const repeated = columns.find((name, index) => name !== "" && columns.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new SourceProblem([{ place, message: `has two columns ${JSON.stringify(repeated)}` }]);
  if (!columns.includes("text")) {
    const message =
      "the first row must name the columns, separated by commas, semicolons or tabs: text, state, enabled";
    throw new SourceProblem([{ place, message }]);
  }
}

/** A cell without a column's name is an unknown field, unless it is empty. */
function itemOf({ cells, line }: Row, columns: readonly string[]): SourceItem {
  const fields = cells.flatMap((cell, index) => {
    const name = columns[index] ?? "";
    const text = name === "text" ? cell : cell.trim();
    return text.trim() === "" ? [] : [[name, unguard(name, text)] as const];
  });
  return { value: Object.fromEntries(fields), placeOf: () => String(line) };
}
