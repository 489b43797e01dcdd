import { readConfig, SecretFiles, withSettings } from "./config/index.js";
import type { Environment } from "./config/index.js";
import type { Gateway } from "./gateway.js";
import type { Settings } from "./generated/index.js";
import { requireGraphql } from "./lib/index.js";
import { createLogger } from "./observability/index.js";
import type { Logger } from "./observability/index.js";

export { ConfigError } from "./config/index.js";
export type { Settings } from "./generated/index.js";
export type { Gateway } from "./gateway.js";
export type { Logger } from "./observability/index.js";

/** What a program shares with the gateway that it embeds. */
export interface CreateGatewayOptions {
  /**
   * The environment with the settings that are not given, such as `process.env`.
   * @default empty: nothing of the process's environment is read
   */
  readonly env?: Environment;
  /**
   * A pino logger; its own level applies, not LOG_LEVEL.
   * @default JSON lines on standard output, from the level LOG_LEVEL on
   */
  readonly logger?: Logger;
}

/**
 * Starts a gateway in this process. It handles no signals: the program has to call `stop()`.
 *
 * @param settings by the names of the environment variables
 * @returns the gateway, once it serves
 * @throws ConfigError naming every problem of the settings at once
 * @throws Error if the version of the program's graphql is not supported
 */
export async function createGateway(
  settings: Settings = {},
  { env = {}, logger }: CreateGatewayOptions = {},
): Promise<Gateway> {
  requireGraphql();
  const all = withSettings(env, settings);
  const secretFiles = new SecretFiles(all);
  const config = readConfig(all);
  // Imported only now: with an unsupported graphql its modules do not even link.
  const { startGateway } = await import("./gateway.js");
  return startGateway(config, logger ?? createLogger(config), secretFiles);
}
