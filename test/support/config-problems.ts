import { readConfig } from "../../src/config/config.js";
import { ConfigError } from "../../src/config/config-error.js";

/** What is wrong with an environment, one line a problem. */
export function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
