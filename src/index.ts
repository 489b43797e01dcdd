import { readConfig, withSettings } from "./config/index.js";
import type { Environment } from "./config/index.js";
import type { RunningGateway } from "./gateway.js";
import type { Settings } from "./generated/index.js";
import { requireGraphql } from "./lib/index.js";
import { createLogger } from "./observability/index.js";
import type { Logger } from "./observability/index.js";

export { ConfigError } from "./config/index.js";
export type { Settings } from "./generated/index.js";
export type { RunningGateway as Gateway } from "./gateway.js";
export type { Logger } from "./observability/index.js";

/** What a program may share with the gateway inside it. */
export interface CreateGatewayOptions {
  /**
   * The environment that settings are looked up in where they are not given, such as `process.env`.
   * @default empty: nothing of the process's environment is read
   */
  readonly env?: Environment;
  /**
   * A pino logger, whose own level counts then.
   * @default JSON lines on standard output, from the level LOG_LEVEL on
   */
  readonly logger?: Logger;
}

/**
 * Starts a gateway in this process. It listens for no signals: whoever starts it stops it.
 *
 * @param settings the configuration, by the names and with the defaults of the environment variables
 * @returns the gateway, once it serves
 * @throws ConfigError naming every problem of the configuration at once
 * @throws Error where the program's graphql is of a version that the gateway cannot run with
 */
export async function createGateway(
  settings: Settings = {},
  { env = {}, logger }: CreateGatewayOptions = {},
): Promise<RunningGateway> {
  requireGraphql();
  const config = readConfig(withSettings(env, settings));
  // Loaded only now: beside another graphql the modules below do not even link.
  const { runGateway } = await import("./gateway.js");
  return runGateway(config, logger ?? createLogger(config));
}
