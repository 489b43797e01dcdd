import { createRequire } from "node:module";

import { allSettings, defaultOf } from "../config/index.js";
import type { Settings } from "../generated/index.js";

/** The settings to know first. */
const firstSettings = [
  "HOST",
  "PORT",
  "UPSTREAM",
  "ACCOUNTS",
  "CREDENTIALS",
  "UPSTREAM_TIMEOUT_MS",
  "CORS_ORIGINS",
  "LOG_LEVEL",
  "NODE_ENV",
] as const satisfies readonly (keyof Settings)[];

/** What `--help` prints. */
export function helpText(): string {
  return `status-reason-gateway ${readVersion()}: a GraphQL gateway over LivePerson's Agent Status Reason API

  status-reason-gateway [command] [option]

Commands
  serve     serve GraphQL; this is the default
  emulator  serve the emulator of the upstream, without a gateway
  token     log in and print a bearer token: --account ACCOUNT --username USER [--header]
  schema    print the GraphQL schema, as a Federation 2 subgraph

Options
  --print-config  print every setting as JSON: its value, where that comes from, its default, its meaning
  -v, --version   print the version
  -h, --help      print this help

Environment variables, with their defaults
${firstSettings.map(describeSetting).join("\n")}

docs/configuration.md of the package has all of them; README.md says where to start.
`;
}

function describeSetting(variable: keyof Settings): string {
  return allSettings
    .filter(({ name }) => name === variable)
    .map((setting) => `  ${variable} (${defaultOf(setting) || "not set"})\n      ${setting.description}`)
    .join("");
}

/** The package's version. */
export function readVersion(): string {
  const load = createRequire(import.meta.url);
  return (load("../../package.json") as { version: string }).version;
}
