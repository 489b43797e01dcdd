import type { Config } from "../config/index.js";
import { createLogger, prettyLines } from "../observability/index.js";
import type { Logger } from "../observability/index.js";

/** The logger of a process of our own: lines for people at a terminal outside production, else JSON. */
export async function processLogger(config: Config): Promise<Logger> {
  const isForPeople = process.stdout.isTTY && !config.production;
  return createLogger(config, isForPeople ? await prettyLines() : undefined);
}
