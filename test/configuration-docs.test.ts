import { readFileSync } from "node:fs";

import { variables } from "../src/config.js";
import { secretNames } from "../src/config/credentials.config.js";

/** The names in the first column of the table in docs/configuration.md, and what stands in the second. */
const rows = readFileSync("docs/configuration.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

const documented = new Map(
  rows.flatMap(([, names = "", defaults = ""]) => {
    const values = [...defaults.matchAll(/`([^`]+)`/g)].map(([, value]) => value);
    return [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name], index) => [name, values[index]] as const);
  }),
);

describe("docs/configuration.md", () => {
  it("names every variable, and none that is not read", () => {
    const read = [...Object.keys(variables.shape), ...secretNames];
    expect([...documented.keys()].sort()).toEqual(read.sort());
  });

  it("tells the defaults as they are", () => {
    for (const [name, schema] of Object.entries(variables.shape)) {
      const { data } = schema.safeParse(undefined);
      if (typeof data !== "number" && typeof data !== "string") continue;
      expect([name, documented.get(name)]).toEqual([name, String(data)]);
    }
  });
});
