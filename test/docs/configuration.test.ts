import { variables } from "../../src/config/config.js";
import { secretNames } from "../../src/config/credentials.config.js";
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

describe("docs/configuration.md", () => {
  it("names every variable, and none that is not read", () => {
    const documented = rows.filter(({ file }) => file === "docs/configuration.md").flatMap(settingsOf);
    const read = [...Object.keys(variables.shape), ...secretNames];
    expect(documented.map(([name]) => name).sort()).toEqual(read.sort());
  });
});

it("KEEP_ALIVE_TIMEOUT_MS outlasts every load balancer that docs/deploying.md names", () => {
  const column = "keeps an idle connection for";
  const seconds = tableRowsOf("docs/deploying.md")
    .filter(({ cells }) => column in cells)
    .map(({ cells }) => Number(/^(\d+) s$/.exec(cells[column] ?? "")?.[1]));
  expect(seconds.length).toBeGreaterThan(3);
  for (const time of seconds)
    expect(time * 1000).toBeLessThan(variables.shape.KEEP_ALIVE_TIMEOUT_MS.parse(undefined));
});

describe.each([...new Set(rows.map(({ file }) => file))])("the settings in %s", (file) => {
  const settings = rows.filter((row) => row.file === file).flatMap(settingsOf);

  it("have the defaults that they are said to have", () => {
    for (const [name, value] of settings) {
      const schema = Object.entries(variables.shape).find(([known]) => known === name)?.[1];
      const { data } = schema?.safeParse(undefined) ?? {};
      if (typeof data === "number" || typeof data === "string")
        expect([name, value]).toEqual([name, String(data)]);
    }
  });

  it("are read", () => {
    const read: readonly string[] = [...Object.keys(variables.shape), ...secretNames];
    expect(settings.map(([name]) => name).filter((name) => !read.includes(name))).toEqual([]);
  });
});
