/**
 * Prints what is generated from the settings' schema in src/config: with `types` the interface that createGateway()
 * takes, with `docs` docs/configuration.md with new tables between the markers of its sections.
 */
import { readFileSync } from "node:fs";

import { format, resolveConfig } from "prettier";

import { defaultOf, settingSections } from "../src/config/index.js";
import type { Setting } from "../src/config/index.js";

const docs = "docs/configuration.md";

function typesText(): string {
  const properties = settingSections.flatMap(({ settings }) => settings.flatMap(propertiesOf));
  return `// Generated from the schema in src/config by \`npm run generate\`; do not edit.

/**
 * The settings of a gateway, by the names of their environment variables. A string is read as the variable of that name
 * would be.
 */
export interface Settings {
${properties.join("\n")}
}
`;
}

function propertiesOf(setting: Setting): string[] {
  const { name, description, type, fromFile } = setting;
  const own = property(name, type, [
    description,
    ...(type === "string" || type.startsWith("number") ? [`Values: ${setting.values}.`] : []),
    ...(defaultOf(setting) === "" ? [] : [`@default ${defaultOf(setting)}`]),
  ]);
  return fromFile ? [own, property(`${name}_FILE`, "string", [`The file that holds ${name}.`])] : [own];
}

function property(name: string, type: string, lines: readonly string[]): string {
  // Escapes the end of a comment.
  const comment = lines.map((line) => `   * ${line.replaceAll("*/", "*\\/")}`).join("\n   *\n");
  return `  /**\n${comment}\n   */\n  readonly ${name}?: ${type} | undefined;`;
}

async function docsText(): Promise<string> {
  let text = readFileSync(docs, "utf8");
  for (const { key, title, settings } of settingSections) {
    const [begin, end] = [`<!-- settings: ${key} -->`, `<!-- end of settings: ${key} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${docs} has to have the lines ${begin} and ${end}`);
    const table = [["name", "default", "values", "meaning"], ["-", "-", "-", "-"], ...settings.map(rowOf)];
    const lines = table.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
    text = `${text.slice(0, from)}${begin}\n\n## ${title}\n\n${lines}\n\n${text.slice(to)}`;
  }
  return format(text, { ...(await resolveConfig(docs)), parser: "markdown" });
}

function rowOf(setting: Setting): string[] {
  const { name, description, values, fromFile } = setting;
  const names = fromFile ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
  return [names, codeOf(defaultOf(setting)), values, description].map((cell) => cell.replaceAll("|", "\\|"));
}

/** The first word of a default is its value; the rest is a description. */
function codeOf(value: string): string {
  return value === "any" ? value : value.replace(/^[^;]+/, "`$&`");
}

const [what] = process.argv.slice(2);
process.stdout.write(what === "docs" ? await docsText() : typesText());
