import { readConfig } from "../../src/config/config.js";
import { allSettings, defaultOf, variableNames } from "../../src/config/settings.js";
import { markdownFiles, tableRowsOf } from "./markdown.js";
import type { TableRow } from "./markdown.js";

/** The rows about variables: of a table with their names first, and with their defaults. */
const rows = markdownFiles
  .flatMap(tableRowsOf)
  .filter(({ cells }) => "default" in cells && variablesIn(cells) !== undefined);

/** Each variable of a row, with its default in the same place of the next column. */
function settingsOf({ cells }: TableRow): [name: string, value: string | undefined][] {
  const values = cells["default"]?.replaceAll("`", "").split(", ") ?? [];
  return namesIn(variablesIn(cells)).map((name, index) => [name, values[index]]);
}

function variablesIn({ name, variable }: TableRow["cells"]): string | undefined {
  return name ?? variable;
}

function namesIn(text = ""): string[] {
  return [...text.matchAll(/`([A-Z_]+)`/g)].map(([, name = ""]) => name);
}

/** What a setting's default is said to be, where it is one value. */
function plainDefaultOf(setting: string): string | undefined {
  const found = allSettings.find(({ name }) => name === setting);
  const text = found && defaultOf(found);
  return text?.includes(";") === true ? undefined : text;
}

it("KEEP_ALIVE_TIMEOUT_MS outlasts every load balancer that docs/deploying.md names", () => {
  const column = "default idle timeout";
  const seconds = tableRowsOf("docs/deploying.md")
    .filter(({ cells }) => column in cells)
    .map(({ cells }) => Number(/^(\d+) s$/.exec(cells[column] ?? "")?.[1]));
  expect(seconds.length).toBeGreaterThan(3);
  const { httpLimits } = readConfig({});
  for (const time of seconds) expect(time * 1000).toBeLessThan(httpLimits.keepAliveTimeoutMs);
});

// The tables of docs/configuration.md are generated; those of other pages have texts of their own.
describe.each([...new Set(rows.map(({ file }) => file))])("the settings in %s", (file) => {
  const settings = rows.filter((row) => row.file === file).flatMap(settingsOf);

  it("have the defaults that they are said to have", () => {
    for (const [name, value] of settings) {
      const expected = plainDefaultOf(name);
      if (expected !== undefined && !name.endsWith("_FILE")) expect([name, value]).toEqual([name, expected]);
    }
  });

  it("are read", () => {
    expect(settings.map(([name]) => name).filter((name) => !variableNames.includes(name))).toEqual([]);
  });
});
