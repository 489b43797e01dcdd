import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a file imports when it is loaded, types left out. */
const staticImport = /^(?:import|export) (?!type\b)[^"]*?from "([^"]+)";|^import "([^"]+)";/gm;

/** The packages that are loaded with a file, by itself or by the files that it imports. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return [...readFileSync(file, "utf8").matchAll(staticImport)].flatMap(([, from, alone]) => {
    const name = from ?? alone ?? "";
    if (!name.startsWith(".")) return [name];
    return packagesOf(join(dirname(file), name.replace(/js$/, "ts")), seen);
  });
}

it("the help and the version load nothing but the command line", () => {
  const packages = packagesOf("src/main.ts").filter((name) => !name.startsWith("node:"));
  expect([...new Set(packages)]).toEqual(["commander"]);
});
