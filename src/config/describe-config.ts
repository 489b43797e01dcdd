import type { Config } from "./config.js";

/** The configuration as plain JSON, fit to be shown: every secret is masked. */
export function describeConfig(config: Config): Record<string, unknown> {
  return JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
}
