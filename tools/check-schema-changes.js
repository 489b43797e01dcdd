/**
 * Compares schema/schema.graphql with the schema of the last release, and fails if a change would break clients of
 * that release. An intended change is listed in schema/accepted-changes.json with its reason. Each release empties that
 * list and copies schema.graphql to released.graphql.
 */
import { readFileSync } from "node:fs";

import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const folder = new URL("../schema/", import.meta.url);

/** @param {string} file */
function read(file) {
  return readFileSync(new URL(file, folder), "utf8");
}

/** @param {string} file */
function schemaIn(file) {
  // The directives of federation are declared by the library that serves the schema, not in it.
  return buildSchema(read(file), { assumeValidSDL: true });
}

/** @type {Record<string, string>} reasons by the message of the change */
const accepted = JSON.parse(read("accepted-changes.json"));
const changes = await diff(schemaIn("released.graphql"), schemaIn("schema.graphql"));
const breaking = changes
  .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
  .map(({ message }) => message);
const refused = breaking.filter((message) => !Object.hasOwn(accepted, message));
const outdated = Object.keys(accepted).filter((message) => !breaking.includes(message));

const problems = [
  ...refused.map((message) => `Breaks clients of the last release: ${message}`),
  ...outdated.map(
    (message) => `Accepted in schema/accepted-changes.json, but there is no such change: ${message}`,
  ),
];
const advice =
  refused.length > 0
    ? [
        "If it is meant, add the message with the reason to schema/accepted-changes.json, and say in CHANGELOG.md how to move.",
      ]
    : [];
for (const line of [...problems, ...advice]) process.stderr.write(`${line}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
