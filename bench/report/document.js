import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import prettier from "prettier";

import { asMarkdown } from "./table.js";

/** @import { Machine } from "../machine.js" */
/** @import { Options } from "../options.js" */
/** @import { Table } from "./table.js" */

const path = join(import.meta.dirname, "../../docs/performance.md");

/**
 * Puts the tables into docs/performance.md, each between its marks; what stands around them stays.
 *
 * @param {readonly Table[]} tables
 * @param {Machine} machine
 * @param {Pick<Options, "rounds" | "requests" | "concurrency">} options
 */
export async function writeDocument(tables, machine, options) {
  let text = await readFile(path, "utf8");
  text = replacePart(text, "machine", machineText(machine, options));
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

/**
 * @param {Machine} machine
 * @param {Pick<Options, "rounds" | "requests" | "concurrency">} options
 */
function machineText({ date, cpu, cores, memoryGib, node, packages }, { rounds, requests, concurrency }) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${cpu}, ${cores} cores, ${memoryGib} GiB, Node ${node}.`,
    `${rounds} rounds of ${requests} requests (fewer of the heavier operations) on ${concurrency} connections.`,
    `${versions.join(", ")}.`,
  ].join("\n");
}
