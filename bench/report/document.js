import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import prettier from "prettier";

import { asMarkdown } from "./table.js";

/** @import { Table } from "./table.js" */

const path = join(import.meta.dirname, "../../docs/performance.md");

/**
 * Puts texts and tables into docs/performance.md, each between its marks; what stands around them stays.
 *
 * @param {Readonly<Record<string, string>>} texts by the names of their marks
 * @param {readonly Table[]} tables
 */
export async function writeDocument(texts, tables) {
  let text = await readFile(path, "utf8");
  for (const [name, content] of Object.entries(texts)) text = replacePart(text, name, content);
  for (const table of tables) text = replacePart(text, table.name, asMarkdown(table));
  const style = await prettier.resolveConfig(path);
  await writeFile(path, await prettier.format(text, { ...style, filepath: path }));
}

/**
 * @param {string} text
 * @param {string} name
 * @param {string} content
 */
function replacePart(text, name, content) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for ${name}: ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}
