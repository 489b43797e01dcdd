/**
 * Writes every file that is generated from another: the types and the tables of the settings from their
 * schema, the GraphQL schema from its types, the supergraph from the schema, the typed operations from the schema and
 * their documents, and the manifest of those. With `--check` it writes nothing, and fails if a file is not up to date.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const isCheck = process.argv.includes("--check");

const typescript = ["--import", "@swc-node/register/esm-register"];

/** The command that prints each file, in the order of their dependencies. */
const generated = [
  { file: "src/generated/settings.ts", command: [...typescript, "tools/print-settings.ts", "types"] },
  { file: "docs/configuration.md", command: [...typescript, "tools/print-settings.ts", "docs"] },
  { file: "schema/schema.graphql", command: [...typescript, "src/main.ts", "schema"] },
  { file: "schema/api.graphql", command: [...typescript, "src/main.ts", "schema", "--api"] },
  { file: "deploy/supergraph.graphql", command: ["tools/print-supergraph.js"] },
];

/** @param {string[]} args */
function node(args, stdio = "pipe") {
  return execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", stdio, "inherit"] });
}

/** @param {string} problem */
function fail(problem) {
  process.stderr.write(`${problem}: run npm run generate\n`);
  process.exitCode = 1;
}

/** @param {{ file: string, command: string[] }} target */
function generate({ file, command }) {
  const content = node(command);
  if (!isCheck) writeFileSync(file, content);
  else if (readFileSync(file, "utf8") !== content) fail(`${file} differs from what it is generated from`);
}

generated.forEach(generate);

const codegen = ["node_modules/@graphql-codegen/cli/esm/bin.js", "--config", "codegen.yml"];
try {
  node(isCheck ? [...codegen, "--check"] : codegen, "inherit");
} catch {
  fail("The typed operations have drifted, or an operation named above does not fit the schema; correct it");
}

// Made from the typed operations.
generate({
  file: "schema/operations.manifest.json",
  command: [...typescript, "tools/print-operations-manifest.ts"],
});
