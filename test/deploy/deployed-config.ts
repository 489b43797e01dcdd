import { readFileSync } from "node:fs";

import { DockerfileParser } from "dockerfile-ast";

import { variableNames } from "../../src/config/settings.js";

export type Environment = Readonly<Record<string, string>>;

/** Everything the process reads from its environment. */
export const knownVariables: readonly string[] = ["NODE_OPTIONS", ...variableNames];

/** The environment that the image itself sets. */
export const imageEnvironment: Environment = Object.fromEntries(
  DockerfileParser.parse(readFileSync("Dockerfile", "utf8"))
    .getENVs()
    .flatMap((env) => env.getProperties())
    .map((property) => [property.getName(), property.getValue() ?? ""]),
);

/** Reads lines of `NAME=value`; those that start with `#` are comments. */
export function readEnvFile(path: string): Environment {
  const lines = readFileSync(path, "utf8").split("\n");
  return Object.fromEntries(
    lines
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
