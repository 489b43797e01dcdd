import { connectUpstream } from "./upstream/index.js";
import { defaultResilience } from "./upstream/http/index.js";
import { connectSharedState } from "./shared-state/index.js";
import type { Config, SecretFiles } from "./config/index.js";
import { describeConfig } from "./config/index.js";
import type { EmulatedUpstream } from "./own-emulator.js";
import { packageVersion } from "./package-version.js";
import type { Logger } from "./observability/index.js";
import { createMetrics } from "./observability/index.js";
import { fastPath } from "./fast-path/index.js";
import { SecretReload } from "./secret-reload.js";
import { explorerPreset, startServer } from "./server/index.js";
import type { RunningServer } from "./server/index.js";

export type { EmulatedUpstream } from "./own-emulator.js";

/** A gateway that serves. `stop()` also closes its connections to the upstream, and its emulator. */
export interface Gateway extends RunningServer {
  /** Undefined unless the upstream is the built-in emulator. */
  readonly emulated: EmulatedUpstream | undefined;
  /**
   * Takes secrets from their files now, instead of when `SECRETS_CHECK_MS` is over. Where they are wrong, the log says so
   * and the old ones stay.
   */
  reloadSecrets(): void;
}

/**
 * Builds everything from `config` and starts serving, and starts the emulator if that is the upstream.
 *
 * @param secretFiles what secrets are reloaded from; undefined: they stay the same
 */
export async function startGateway(
  config: Config,
  logger: Logger,
  secretFiles?: SecretFiles,
): Promise<Gateway> {
  const { version: node } = process;
  const { production } = config;
  const version = packageVersion();
  logger.info(
    { version, node, production, upstream: describeTarget(config) },
    `starting status-reason-gateway ${version}`,
  );
  for (const warning of config.warnings) logger.warn(warning);
  logger.debug({ config: describeConfig(config) }, "configuration");
  const metrics = createMetrics();
  const stopExport = metrics.export();
  const emulator = await startEmulated(config);
  const emulated = emulator?.emulated;
  const { maxPauseMs } = defaultResilience;
  const sharedState = await connectSharedState({ config, logger, metrics, maxPauseMs });
  const upstream = connectUpstream({
    config,
    logger,
    emulatorOrigin: emulated?.origin,
    observer: metrics.upstream,
    sharedState,
  });
  const secrets =
    secretFiles &&
    new SecretReload({
      files: secretFiles,
      logger,
      apply: (next) => {
        upstream.replaceCredentials(next.credentials);
        sharedState.replaceLogins(next.sharedState);
      },
    });
  const release = async (): Promise<void> => {
    secrets?.stop();
    await upstream.close();
    sharedState.close();
    await emulator?.stop();
    stopExport();
  };
  try {
    const server = await startServer({
      config,
      logger,
      upstream,
      metrics,
      preset: explorerPreset(emulated),
      isCircuitOpen: () => upstream.isCircuitOpen(),
      extensions: fastPath(config),
      sharedState,
    });
    secrets?.start(config.secretsCheckMs);
    const startedMs = performance.now();
    const stop = async (): Promise<void> => {
      await server.stop().finally(release);
      logger.info({ servedSeconds: Math.round((performance.now() - startedMs) / 1000) }, "stopped");
    };
    let stopped: Promise<void> | undefined;
    return {
      url: server.url,
      emulated,
      reloadSecrets: () => secrets?.reload(),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function describeTarget({ upstream }: Config): string {
  return upstream.kind === "origin" ? upstream.origin : upstream.kind;
}

/** Loads the emulator where it is the upstream, and starts it. */
async function startEmulated(config: Config) {
  if (config.upstream.kind !== "emulator") return undefined;
  const { startOwnEmulator } = await import("./own-emulator.js");
  return startOwnEmulator(config);
}
