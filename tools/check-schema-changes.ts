/**
 * Compares schema/schema.graphql with the schema of the last release, and fails if a change breaks the rules of
 * docs/schema-changes.md.
 */
import { readFileSync } from "node:fs";

import { schemaProblems } from "./schema-changes.js";

const read = (file: string): string => readFileSync(`schema/${file}`, "utf8");

const problems = await schemaProblems({
  released: read("released.graphql"),
  current: read("schema.graphql"),
  accepted: JSON.parse(read("accepted-changes.json")) as Record<string, string>,
});
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
