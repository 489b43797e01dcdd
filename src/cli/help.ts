import { variables } from "../config/index.js";
import { readVersion } from "./version.js";

/** The variables to know first. */
const firstVariables = [
  "HOST",
  "PORT",
  "UPSTREAM",
  "ACCOUNTS",
  "CREDENTIALS",
  "UPSTREAM_TIMEOUT_MS",
  "CORS_ORIGINS",
  "LOG_LEVEL",
  "NODE_ENV",
] as const;

/** What `--help` prints. */
export function helpText(): string {
  return `status-reason-gateway ${readVersion()}: a GraphQL gateway over LivePerson's Agent Status Reason API

  status-reason-gateway [command] [option]

Commands
  serve     serves GraphQL; the command if none is named
  emulator  serves the upstream's stand-in alone
  token     logs a person in and prints the bearer: --account ACCOUNT --username USER [--header]
  schema    prints the schema, as a Federation 2 subgraph's

Options
  --print-config  prints the configuration as JSON, secrets masked, and does nothing else
  -v, --version   prints the version
  -h, --help      prints this

Environment variables, and their defaults
${firstVariables.map(describeVariable).join("\n")}

All of them are in docs/configuration.md of the package; README.md says where to start.
`;
}

function describeVariable(name: (typeof firstVariables)[number]): string {
  const variable = variables.shape[name];
  const { data } = variable.safeParse(undefined);
  const standard = typeof data === "string" || typeof data === "number" ? String(data) : "";
  return `  ${name.padEnd(20)}${standard.padEnd(11)}${variable.description ?? ""}`;
}
