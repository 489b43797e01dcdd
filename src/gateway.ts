import { connectUpstream } from "./upstream/index.js";
import { defaultResilience } from "./upstream/http/index.js";
import { connectSharedState } from "./shared-state/index.js";
import type { Config, SecretFiles } from "./config/index.js";
import { describeConfig, explainListenError } from "./config/index.js";
import { emulatorAccountId, emulatorTokens, startEmulator } from "./emulator/index.js";
import type { Emulator } from "./emulator/index.js";
import { packageVersion } from "./package-version.js";
import type { Logger } from "./observability/index.js";
import { createMetrics } from "./observability/index.js";
import { fastPath } from "./fast-path/index.js";
import { SecretReload } from "./secret-reload.js";
import { explorerPreset, startServer } from "./server/index.js";
import type { RunningServer } from "./server/index.js";

/** The built-in emulator of a gateway, with an account and a token that it accepts. */
export interface EmulatedUpstream {
  readonly origin: string;
  readonly accountId: string;
  readonly token: string;
}

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
  const emulator = config.upstream.kind === "emulator" ? await startOwnEmulator(config) : undefined;
  const emulated = emulator && { origin: emulator.origin, ...usableOn(config) };
  const { maxPauseMs } = defaultResilience;
  const sharedState = await connectSharedState({ config, logger, metrics, maxPauseMs });
  const upstream = connectUpstream({
    config,
    logger,
    emulatorOrigin: emulator?.origin,
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

/** Listens on the loopback address only, since only this gateway calls it. */
async function startOwnEmulator({ emulatorPort: port, emulatorLively: lively }: Config): Promise<Emulator> {
  const starting = startEmulator({ port, lively });
  await explainListenError(starting, { host: "HOST", port: "EMULATOR_PORT" });
  return starting;
}

/** An account and a token to try the gateway with; the emulator's tokens are no secret. */
function usableOn({ credentials }: Config): { accountId: string; token: string } {
  const token = credentials.kind === "caller" ? emulatorTokens.admin : "YOUR-GATEWAY-API-KEY";
  return { accountId: emulatorAccountId, token };
}
