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

/** What `--help` says about the settings. */
export function settingsHelp(): string {
  return `
Environment variables, with their defaults (instead of HOST and PORT, also --host and --port):
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
