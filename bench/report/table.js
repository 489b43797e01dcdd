/**
 * @typedef {object} Table
 * @property {string} name
 * @property {string[]} columns
 * @property {string[][]} rows
 */

/**
 * @param {Table} table
 * @returns {string} for a terminal
 */
export function asText({ columns, rows }) {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) => line.map((cell, column) => pad(cell, widths[column], column)).join("  "))
    .join("\n");
}

/**
 * @param {Table} table
 * @returns {string}
 */
export function asMarkdown({ columns, rows }) {
  const rule = columns.map((_, column) => (column === 0 ? "---" : "---:"));
  return [columns, rule, ...rows].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/**
 * Names to the left, figures to the right.
 *
 * @param {string} cell
 * @param {number} width
 * @param {number} column
 */
function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
