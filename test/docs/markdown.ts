import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import MarkdownIt from "markdown-it";
import type { Token } from "markdown-it";

/** A part of a document, and where it is. */
interface Located {
  readonly file: string;
  /** From 1 on; of a table's row, its table's. */
  readonly line: number;
  /** The heading it is under. */
  readonly heading: string;
}

/** A fenced block of code. */
export interface CodeBlock extends Located {
  readonly language: string;
  /** The words after the language, which say what the checks do with the block. */
  readonly marks: readonly string[];
  readonly text: string;
}

/** A row of a table, by its columns' headers. */
export interface TableRow extends Located {
  readonly cells: Readonly<Record<string, string>>;
}

/** A link, be it to a page, a picture or a heading. */
export interface Link extends Located {
  readonly target: string;
}

const skipped = new Set(["node_modules", "dist", "artefacts", "coverage", ".git"]);

/** Every Markdown file of the repository, relative to its root. */
export const markdownFiles: readonly string[] = filesIn(".").sort();

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

export function codeBlocksOf(file: string): CodeBlock[] {
  return walk(file).flatMap(({ token, ...place }) => {
    if (token.type !== "fence") return [];
    const [language = "", ...marks] = token.info.trim().split(/\s+/);
    return [{ ...place, language, marks, text: token.content }];
  });
}

export function tableRowsOf(file: string): TableRow[] {
  const rows: TableRow[] = [];
  let headers: string[] = [];
  let cells: string[] = [];
  for (const { token, content, ...place } of walk(file)) {
    if (token.type === "tr_open") cells = [];
    if (token.type === "th_open" || token.type === "td_open") cells.push(content);
    if (token.type === "thead_open") headers = [];
    if (token.type !== "tr_close") continue;
    if (headers.length === 0) {
      headers = cells;
      continue;
    }
    rows.push({
      ...place,
      cells: Object.fromEntries(headers.map((name, column) => [name, cells[column] ?? ""])),
    });
  }
  return rows;
}

export function linksOf(file: string): Link[] {
  return inlinesOf(file).flatMap(({ token, ...place }) => {
    const target = token.attrGet("href") ?? token.attrGet("src");
    return target === null ? [] : [{ ...place, target: decodeURI(String(target)) }];
  });
}

/** What stands in backticks. */
export function codeSpansOf(file: string): (Located & { readonly text: string })[] {
  return inlinesOf(file).flatMap(({ token, ...place }) =>
    token.type === "code_inline" ? [{ ...place, text: token.content }] : [],
  );
}

/** The anchors that GitHub gives a file's headings. */
export function anchorsOf(file: string): ReadonlySet<string> {
  const times = new Map<string, number>();
  return new Set(
    walk(file).flatMap(({ token, content }) => {
      if (token.type !== "heading_open") return [];
      const slug = slugOf(content);
      const before = times.get(slug) ?? 0;
      times.set(slug, before + 1);
      return [before === 0 ? slug : `${slug}-${before}`];
    }),
  );
}

function slugOf(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return text.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replaceAll(" ", "-");
}

interface Step extends Located {
  readonly token: Token;
  /** The text inside, where the token opens something. */
  readonly content: string;
}

function walk(file: string): Step[] {
  let line = 1;
  let heading = "";
  const tokens = new MarkdownIt().parse(readFileSync(file, "utf8"), {});
  return tokens.map((token, index) => {
    if (token.map !== null) line = token.map[0] + 1;
    const content = tokens[index + 1]?.content ?? "";
    if (token.type === "heading_open") heading = content;
    return { file, line, heading, token, content };
  });
}

function inlinesOf(file: string): (Located & { readonly token: Token })[] {
  return walk(file).flatMap(({ line, heading, token: { children } }) =>
    (children ?? []).map((token) => ({ file, line, heading, token })),
  );
}
