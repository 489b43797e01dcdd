import { ConfigError, isProduction, settingIn } from "../config/index.js";
import type { Environment } from "../config/index.js";
import { createLogger } from "../observability/index.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs a command that logs for as long as it runs. Where its log is JSON, so is what stops its start, on standard error:
 * one line for each problem of the configuration.
 *
 * @returns the exit code
 * @throws what the command throws, where its log is for people
 */
export async function runServing(
  work: () => Promise<void>,
  { output, errors }: Terminal,
  env: Environment,
): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    if (output.isTTY === true && !isProduction(env)) throw error;
    const logger = createLogger({ logLevel: "fatal" }, { write: (line) => void errors.write(line) });
    if (error instanceof ConfigError) {
      for (const problem of error.problems) logger.fatal({ setting: settingIn(problem) }, problem);
    } else {
      logger.fatal({ err: error }, "cannot start");
    }
    return 1;
  }
}
